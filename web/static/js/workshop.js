"use strict";(()=>{function o(e,t,n=document){let s=n.querySelector(e);return s instanceof t?s:null}function a(e,t,n=document){let s=o(e,t,
n);if(!s)throw new Error(`no ${e} in this page`);return s}function d(e,t,n=document){return Array.prototype.slice.call(n.
querySelectorAll(e)).filter(r=>r instanceof t)}function i(e,t){return e.dataset[t]||""}function m(e){let{submitter:t}=e;return t instanceof HTMLButtonElement?t:null}function p(){return"fetch"in window&&"FormData"in window&&"forEach"in FormData.prototype}function g(e,t){let n=[],s=(r,h)=>{
n.push(`${encodeURIComponent(r)}=${encodeURIComponent(String(h))}`)};return new FormData(e).forEach((r,h)=>{s(h,r)}),t&&
s(t.name,t.value),n.join("&")}function w(e,t){return fetch(e,{method:"POST",headers:{Accept:"application/json","Content-\
Type":"application/x-www-form-urlencoded"},body:t,credentials:"same-origin"})}function E(e,t){var n;for(let s of d(".err\
or",HTMLElement,e))s.textContent="";for(let s of d("[aria-invalid]",HTMLElement,e))s.removeAttribute("aria-invalid");for(let s of t){
let r=document.getElementById(`${s.field}-erreur`);r&&(r.textContent=s.sentence),(n=document.getElementById(s.field))==null||
n.setAttribute("aria-invalid","true")}}function v(e){window.addEventListener("beforeunload",t=>{e()&&(t.preventDefault(),t.returnValue="")})}function x(e){o("[\
data-limit]",HTMLElement)&&document.addEventListener("focusin",function t(n){n.target instanceof HTMLElement&&n.target.hasAttribute(
"data-limit")&&(document.removeEventListener("focusin",t),M(i(e,"counter")))})}function M(e){let t=document.createElement(
"script");t.src=e,t.async=!1,document.head.appendChild(t)}function y(e,t){try{return window[e].getItem(t)}catch(n){return null}}function u(e,t,n){try{n===null?window[e].removeItem(
t):window[e].setItem(t,n)}catch(s){}}function L(e){return b(e)&&e.status<500&&[408,425,429].indexOf(e.status)<0}function b(e){return e instanceof Response&&e.
headers.has("Content-Security-Policy")}var k=2e3,H=3e3,I=1200;function l(e){return`grille-atelier-${e}`}var c=class{constructor(t){this.form=t,this.code=i(t,"c\
ode"),this.skill=i(t,"skill"),this.current=i(t,"current"),this.status=a(".status",HTMLElement,t),this.elsewhere=a(".else\
where",HTMLElement),this.shown=a("[name=shown]",HTMLInputElement,t),this.unsaved=!1,this.refused=!1,this.sending=!1,this.
isAway=!1,this.timer=void 0,this.tag=null}start(){a(".refresh",HTMLElement).hidden=!0,u("localStorage",l(this.code),location.
pathname),this.form.addEventListener("change",()=>{this.showClear(),this.changed(0)}),this.form.addEventListener("input",
t=>{t.target instanceof HTMLTextAreaElement&&this.changed(I)}),this.form.addEventListener("submit",t=>this.submitted(t)),
v(()=>this.unsaved&&!this.sending||this.refused),setInterval(()=>this.ask(),k),document.addEventListener("visibilitychan\
ge",()=>this.ask())}showClear(){let t=o(".clear",HTMLElement,this.form);t&&(t.hidden=!o("input[type=radio]:checked",HTMLInputElement,
this.form))}changed(t){this.unsaved=!0,this.sendIn(t)}submitted(t){var n;if((n=m(t))!=null&&n.name){this.unsaved=!1,this.
refused=!1;return}t.preventDefault(),this.send()}say(t,n){this.status.textContent=t,this.status.className=n?"status wait\
ing":"status"}sendIn(t){clearTimeout(this.timer),this.timer=window.setTimeout(()=>this.send(),t)}send(){clearTimeout(this.
timer),!this.sending&&(this.sending=!0,this.unsaved=!1,this.say(i(this.form,"saving"),!0),w(location.href,g(this.form)).
then(t=>{if(t.status!==200&&t.status!==422)throw t;return t.json()}).then(t=>this.saved(t)).catch(t=>this.failed(t)))}saved(t){
this.sending=!1,this.shown.value=t.shown,E(this.form,t.problems),this.refused=t.problems.length>0,this.say(t.status,this.
refused),this.unsaved?this.send():this.isAway&&!this.refused&&T()}failed(t){if(this.sending=!1,L(t)){this.form.submit();
return}this.unsaved=!0,this.say(i(this.form,"unsaved"),!0),this.sendIn(H)}ask(){if(document.hidden)return;let t=Object.assign(
{Accept:"application/json"},this.tag?{"If-None-Match":this.tag}:{});fetch(i(this.form,"state"),{headers:t,cache:"no-stor\
e",credentials:"same-origin"}).then(n=>n.status!==200?null:(this.tag=n.headers.get("ETag"),n.json())).then(n=>{n&&this.moved(
n.skill)}).catch(()=>{})}moved(t){t===""&&u("localStorage",l(this.code),null),t===this.current?(this.isAway=!1,this.elsewhere.
hidden=!0):t===""||this.skill===this.current?(this.isAway=!0,this.leave()):t!==this.skill&&(this.elsewhere.hidden=!1)}leave(){
this.refused?this.elsewhere.hidden=!1:this.unsaved?this.send():this.sending||T()}};function T(){let e=/[?&]lecture=facile/.
test(location.search);location.replace(location.pathname+(e?"?lecture=facile":""))}function S(e){let t=y("localStorage",l(i(e,"workshop")));t&&(a("a",HTMLAnchorElement,e).href=t,e.hidden=!1)}var A=o(".ag\
ain",HTMLElement),f=o("form#reponse",HTMLFormElement);A&&S(A);f&&(x(f),p()&&new c(f).start());})();
