"use strict";(()=>{var p=(o,t,e)=>new Promise((n,r)=>{var a=s=>{try{l(e.next(s))}catch(m){r(m)}},h=s=>{try{l(e.throw(s))}catch(m){r(m)}},l=s=>s.
done?n(s.value):Promise.resolve(s.value).then(a,h);l((e=e.apply(o,t)).next())});function d(o,t,e=document){let n=e.querySelector(o);return n instanceof t?n:null}function u(o,t,e=document){let n=d(o,t,
e);if(!n)throw new Error(`no ${o} in this page`);return n}function i(o,t,e=document){return Array.prototype.slice.call(e.
querySelectorAll(o)).filter(r=>r instanceof t)}function c(o,t){return o.dataset[t]||""}var E=700;function x(o,t){let e=t.map(n=>{let r=document.createElement("li");return r.textContent=n.words,r.className=n.
blocking?"bad":"",r});o.textContent!==e.map(n=>n.textContent).join("")&&o.replaceChildren(...e)}var f=class{constructor(t){
this.form=t,this.address=c(t,"remarksAt"),this.timer=0,this.asked=0}start(){this.form.addEventListener("input",()=>{clearTimeout(
this.timer),this.timer=window.setTimeout(()=>this.ask(),E)})}ask(){return p(this,null,function*(){this.asked+=1;let t=this.
asked;try{let e=yield fetch(this.address,{method:"POST",body:new FormData(this.form)});e.ok&&t===this.asked&&this.tell(yield e.
json())}catch(e){}})}tell(t){for(let n of i("[data-remarks]",HTMLElement,this.form))x(n,t.fields[c(n,"remarks")]||[]);let e=d(
"[data-remarks-total]",HTMLElement,this.form);if(e){let n=t.errors>1?"many":t.errors?"one":"none";e.textContent=c(e,n).replace(
"{n}",String(t.errors))}}};function T(o){let t=u("textarea",HTMLTextAreaElement,o),e=u("[name=html]",HTMLInputElement,o);
t.addEventListener("paste",n=>{var a;let r=((a=n.clipboardData)==null?void 0:a.getData("text/html"))||"";e.value=t.value.
trim()===""&&/<table/i.test(r)?r:""}),t.addEventListener("input",n=>{n instanceof InputEvent&&n.inputType==="insertFromP\
aste"||(e.value="")})}for(let o of i("form[data-paste]",HTMLFormElement))T(o);for(let o of i("form[data-remarks-at]",HTMLFormElement))
new f(o).start();})();
