"use strict";(()=>{function c(n,e,t=document){let s=t.querySelector(n);return s instanceof e?s:null}function r(n,e,t=document){let s=c(n,e,
t);if(!s)throw new Error(`no ${n} in this page`);return s}function l(n,e,t=document){return Array.prototype.slice.call(t.
querySelectorAll(n)).filter(i=>i instanceof e)}function o(n,e){return n.dataset[e]||""}var a=class{constructor(e){this.form=e,this.number=r("[name=number]",HTMLInputElement,e),this.college=r("[name=college]",
HTMLSelectElement,e),this.verdict=r("#number-dit",HTMLElement,e),this.send=r("#enregistrer",HTMLButtonElement,e),this.answers=
l(".key",HTMLInputElement,e),this.keys=o(e,"keys").split(" "),this.isQuick=this.keys.every(t=>t.length===1),this.colleges=
JSON.parse(o(e,"colleges")),this.checks=0}start(){this.answers.forEach((e,t)=>{e.addEventListener("keydown",s=>this.pressed(
s,e,t)),e.addEventListener("focus",()=>e.select())}),this.number.addEventListener("change",()=>{this.chooseCollege(),this.
check()}),this.college.addEventListener("change",()=>this.check()),this.number.addEventListener("keydown",e=>{e.key==="E\
nter"&&(e.preventDefault(),this.to(0))}),this.number.value&&this.check(),(c("[aria-invalid]",HTMLElement,this.form)||this.
number).focus(),document.activeElement===this.number&&this.number.select()}to(e){let t=e<0?this.number:this.send;(this.answers[e]||
t).focus()}pressed(e,t,s){if(e.ctrlKey||e.altKey||e.metaKey)return;let i=e.key==="Backspace"&&!t.value;["Enter","ArrowRi\
ght","ArrowDown"].indexOf(e.key)>=0?(e.preventDefault(),this.to(s+1)):["ArrowLeft","ArrowUp"].indexOf(e.key)>=0||i?(e.preventDefault(),
this.back(s,i)):this.isQuick&&e.key.length===1&&(e.preventDefault(),this.answer(e.key.toUpperCase(),t,s))}back(e,t){let s=this.
answers[e-1];t&&s&&(s.value=""),this.to(e-1)}answer(e,t,s){let i=t.dataset.keys;(i?i.split(" "):this.keys).indexOf(e)>=0&&
(t.value=e,t.removeAttribute("aria-invalid"),this.to(s+1))}chooseCollege(){let e=/^[A-Za-z]+/.exec(this.number.value.trim()),
t=e&&this.colleges[e[0].toUpperCase()];t&&(this.college.value=t)}check(){this.checks+=1;let{checks:e}=this;if(!this.number.
value.trim()){this.verdict.textContent="";return}let t=`?numero=${encodeURIComponent(this.number.value)}&college=${encodeURIComponent(
this.college.value)}`;fetch(o(this.form,"check")+t,{credentials:"same-origin",redirect:"error"}).then(s=>s.json()).then(
s=>{e===this.checks&&this.judge(s.taken?o(this.form,"taken"):s.problem)}).catch(()=>{})}judge(e){this.verdict.textContent=
e,e?this.number.setAttribute("aria-invalid","true"):this.number.removeAttribute("aria-invalid")}},h=c("#feuille",HTMLFormElement);
h&&new a(h).start();})();
