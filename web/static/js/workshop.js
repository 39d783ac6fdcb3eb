"use strict";(()=>{function m(){return"fetch"in window&&"FormData"in window&&"forEach"in FormData.prototype}function o(t,e,n=document){let s=n.querySelector(t);return s instanceof e?s:null}function a(t,e,n=document){let s=o(t,e,
n);if(!s)throw new Error(`no ${t} in this page`);return s}function h(t,e,n=document){return Array.prototype.slice.call(n.
querySelectorAll(t)).filter(r=>r instanceof e)}function i(t,e){return t.dataset[e]||""}function p(t){let{submitter:e}=t;return e instanceof HTMLButtonElement?e:null}function g(t,e){let n=[],s=(r,l)=>{n.push(`${encodeURIComponent(r)}=${encodeURIComponent(String(l))}`)};return new FormData(
t).forEach((r,l)=>{s(l,r)}),e&&s(e.name,e.value),n.join("&")}function w(t,e){return fetch(t,{method:"POST",headers:{Accept:"\
application/json","Content-Type":"application/x-www-form-urlencoded"},body:e,credentials:"same-origin"})}function v(t,e){
var n;for(let s of h(".error",HTMLElement,t))s.textContent="";for(let s of h("[aria-invalid]",HTMLElement,t))s.removeAttribute(
"aria-invalid");for(let s of e){let r=document.getElementById(`${s.field}-erreur`);r&&(r.textContent=s.sentence),(n=document.
getElementById(s.field))==null||n.setAttribute("aria-invalid","true")}}function E(t){window.addEventListener("beforeunload",e=>{t()&&(e.preventDefault(),e.returnValue="")})}function x(t){o("[\
data-limit]",HTMLElement)&&document.addEventListener("focusin",function e(n){n.target instanceof HTMLElement&&n.target.hasAttribute(
"data-limit")&&(document.removeEventListener("focusin",e),M(i(t,"counter")))})}function M(t){let e=document.createElement(
"script");e.src=t,e.async=!1,document.head.appendChild(e)}function y(t,e){try{return window[t].getItem(e)}catch(n){return null}}function u(t,e,n){try{n===null?window[t].removeItem(
e):window[t].setItem(e,n)}catch(s){}}function L(t){return k(t)&&t.status<500&&[408,425,429].indexOf(t.status)<0}function k(t){return t instanceof Response&&t.
headers.has("Content-Security-Policy")}var b=2e3,H=3e3,I=1200;function c(t){return`grille-atelier-${t}`}var d=class{constructor(e){this.form=e,this.code=i(e,"c\
ode"),this.skill=i(e,"skill"),this.current=i(e,"current"),this.status=a(".status",HTMLElement,e),this.elsewhere=a(".else\
where",HTMLElement),this.shown=a("[name=shown]",HTMLInputElement,e),this.unsaved=!1,this.refused=!1,this.sending=!1,this.
isAway=!1,this.timer=void 0,this.tag=null}start(){a(".refresh",HTMLElement).hidden=!0,u("localStorage",c(this.code),location.
pathname),this.form.addEventListener("change",()=>{this.showClear(),this.changed(0)}),this.form.addEventListener("input",
e=>{e.target instanceof HTMLTextAreaElement&&this.changed(I)}),this.form.addEventListener("submit",e=>this.submitted(e)),
E(()=>this.unsaved&&!this.sending||this.refused),setInterval(()=>this.ask(),b),document.addEventListener("visibilitychan\
ge",()=>this.ask())}showClear(){let e=o(".clear",HTMLElement,this.form);e&&(e.hidden=!o("input[type=radio]:checked",HTMLInputElement,
this.form))}changed(e){this.unsaved=!0,this.sendIn(e)}submitted(e){var n;if((n=p(e))!=null&&n.name){this.unsaved=!1,this.
refused=!1;return}e.preventDefault(),this.send()}say(e,n){this.status.textContent=e,this.status.className=n?"status wait\
ing":"status"}sendIn(e){clearTimeout(this.timer),this.timer=window.setTimeout(()=>this.send(),e)}send(){clearTimeout(this.
timer),!this.sending&&(this.sending=!0,this.unsaved=!1,this.say(i(this.form,"saving"),!0),w(location.href,g(this.form)).
then(e=>{if(e.status!==200&&e.status!==422)throw e;return e.json()}).then(e=>this.saved(e)).catch(e=>this.failed(e)))}saved(e){
this.sending=!1,this.shown.value=e.shown,v(this.form,e.problems),this.refused=e.problems.length>0,this.say(e.status,this.
refused),this.unsaved?this.send():this.isAway&&!this.refused&&T()}failed(e){if(this.sending=!1,L(e)){this.form.submit();
return}this.unsaved=!0,this.say(i(this.form,"unsaved"),!0),this.sendIn(H)}ask(){if(document.hidden)return;let e=Object.assign(
{Accept:"application/json"},this.tag?{"If-None-Match":this.tag}:{});fetch(i(this.form,"state"),{headers:e,cache:"no-stor\
e",credentials:"same-origin"}).then(n=>n.status!==200?null:(this.tag=n.headers.get("ETag"),n.json())).then(n=>{n&&this.moved(
n.skill)}).catch(()=>{})}moved(e){e===""&&u("localStorage",c(this.code),null),e===this.current?(this.isAway=!1,this.elsewhere.
hidden=!0):e===""||this.skill===this.current?(this.isAway=!0,this.leave()):e!==this.skill&&(this.elsewhere.hidden=!1)}leave(){
this.refused?this.elsewhere.hidden=!1:this.unsaved?this.send():this.sending||T()}};function T(){let t=/[?&]lecture=facile/.
test(location.search);location.replace(location.pathname+(t?"?lecture=facile":""))}function S(t){let e=y("localStorage",c(i(t,"workshop")));e&&(a("a",HTMLAnchorElement,t).href=e,t.hidden=!1)}var A=o(".ag\
ain",HTMLElement),f=o("form#reponse",HTMLFormElement);A&&S(A);f&&(x(f),m()&&new d(f).start());})();
