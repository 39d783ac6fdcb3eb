"use strict";(()=>{function g(){return"fetch"in window&&"FormData"in window&&"forEach"in FormData.prototype}function v(){try{return!!(window.
indexedDB&&window.caches&&navigator.serviceWorker)}catch(n){return!1}}function i(n,t,e=document){let s=e.querySelector(n);return s instanceof t?s:null}function d(n,t,e=document){let s=i(n,t,
e);if(!s)throw new Error(`no ${n} in this page`);return s}function a(n,t,e=document){return Array.prototype.slice.call(e.
querySelectorAll(n)).filter(o=>o instanceof t)}function w(n){return n.target instanceof Element?n.target:document.documentElement}
function r(n,t){return n.dataset[t]||""}function E(n){let{submitter:t}=n;return t instanceof HTMLButtonElement?t:null}function x(n,t){let e=[],s=(o,c)=>{e.push(`${encodeURIComponent(o)}=${encodeURIComponent(String(c))}`)};return new FormData(
n).forEach((o,c)=>{s(c,o)}),t&&s(t.name,t.value),e.join("&")}function L(n,t){return fetch(n,{method:"POST",headers:{Accept:"\
application/json","Content-Type":"application/x-www-form-urlencoded"},body:t,credentials:"same-origin"})}function y(n,t){
var e;for(let s of a(".error",HTMLElement,n))s.textContent="";for(let s of a("[aria-invalid]",HTMLElement,n))s.removeAttribute(
"aria-invalid");for(let s of t){let o=document.getElementById(`${s.field}-erreur`);o&&(o.textContent=s.sentence),(e=document.
getElementById(s.field))==null||e.setAttribute("aria-invalid","true")}}function T(n){let t=i("[aria-invalid]",HTMLElement,
n),e=t==null?void 0:t.closest("details");return e&&(e.open=!0),t==null||t.focus(),t!==null}function b(n){window.addEventListener(
"beforeunload",t=>{n()&&(t.preventDefault(),t.returnValue="")})}function M(n){i("[data-limit]",HTMLElement)&&document.addEventListener(
"focusin",function t(e){e.target instanceof HTMLElement&&e.target.hasAttribute("data-limit")&&(document.removeEventListener(
"focusin",t),m(r(n,"counter")))})}function m(n){let t=document.createElement("script");t.src=n,t.async=!1,document.head.
appendChild(t)}function H(){let n=i(".copy",HTMLButtonElement);if(!n||!navigator.clipboard)return;let t=d("#adresse",HTMLTextAreaElement);
n.hidden=!1,n.addEventListener("click",()=>{navigator.clipboard.writeText(t.value).then(()=>{d(".status",HTMLElement,n.parentElement||
document).textContent=r(n,"done")},()=>{t.select()})})}function k(n){let t=window.speechSynthesis;if(!t||!window.SpeechSynthesisUtterance)return;let e=()=>{let s=I(t.getVoices(),
document.documentElement.lang);s&&(t.removeEventListener("voiceschanged",e),q(n,new p(t,s,r(n,"listen"),r(n,"stop"))))};
t.addEventListener("voiceschanged",e),e()}function I(n,t){let e=new RegExp(`^${t}($|[-_])`,"i");return n.find(s=>s.localService&&
e.test(s.lang))}function q(n,t){var e;for(let s of a(".question",HTMLElement,n))(e=i(".help",HTMLElement,s))==null||e.appendChild(
t.buttonFor(s));window.addEventListener("pagehide",()=>t.stop())}var p=class{constructor(t,e,s,o){this.speech=t,this.voice=
e,this.words={listen:s,stop:o},this.reading=null}buttonFor(t){let e=document.createElement("button");return e.type="butt\
on",e.className="plain-link listen",e.textContent=this.words.listen,e.setAttribute("aria-pressed","false"),e.addEventListener(
"click",()=>{this.reading===e?this.stop():this.start(e,t)}),e}start(t,e){this.stop(),this.reading=t,t.textContent=this.words.
stop,t.setAttribute("aria-pressed","true");let s=F(e);s.forEach((o,c)=>{let l=new window.SpeechSynthesisUtterance(o);l.voice=
this.voice,l.lang=this.voice.lang,c===s.length-1&&(l.onend=()=>this.stop()),this.speech.speak(l)})}stop(){this.speech.cancel(),
this.reading&&(this.reading.textContent=this.words.listen,this.reading.setAttribute("aria-pressed","false"),this.reading=
null)}};function F(n){return a("legend, .choice > label",HTMLElement,n).map(t=>Array.prototype.map.call(t.childNodes,e=>e.
textContent).join(". "))}function A(n){return O(n)&&n.status<500&&[408,425,429].indexOf(n.status)<0}function O(n){return n instanceof Response&&n.
headers.has("Content-Security-Policy")}var h=class{constructor(t,e){this.first=t,this.longest=e,this.delay=0}next(){return this.
delay=Math.min(this.longest,this.delay?this.delay*2:this.first),this.delay}reset(){this.delay=0}get failing(){return this.
delay>0}};function S(n,t,e){n.classList.toggle("all",t>0&&t===e),n.classList.toggle("some",t>0&&t<e);let s=i("[data-answered]",HTMLElement,
n);s&&(s.textContent=String(t))}var P=1200,u=class{constructor(t){this.form=t,this.status=d(".status",HTMLElement,t),this.retry=d(".retry",HTMLButtonElement,
t),this.shown=d("[name=shown]",HTMLInputElement,t),this.patience=new h(2e3,3e4),this.unsaved=!1,this.sending=!1,this.refused=
!1,this.leaving=null,this.timer=void 0}start(){this.form.addEventListener("change",t=>this.changed(t)),this.form.addEventListener(
"input",t=>this.typed(t)),this.form.addEventListener("submit",t=>this.submitted(t)),this.retry.addEventListener("click",
()=>this.send()),window.addEventListener("online",()=>{this.unsaved&&this.send()}),b(()=>this.unsaved||this.sending||this.
refused&&!window.keptAnswers)}get kept(){return this.unsaved||this.sending?null:window.keptAnswers}changed(t){let e=w(t).
closest(".question");e&&t.target instanceof HTMLInputElement&&t.target.type==="radio"&&(d(".clear",HTMLElement,e).hidden=
!1),this.keepOrSave(e)}keepOrSave(t){let{kept:e}=this;t&&e?e.changed(t):(this.unsaved=!0,this.sendIn(0))}typed(t){if(!(t.
target instanceof HTMLTextAreaElement))return;let{kept:e}=this,s=t.target.closest(".question");s&&e?e.typed(s):(this.unsaved=
!0,this.say(r(this.form,"unsaved"),!0),this.sendIn(P))}submitted(t){let e=E(t);if(!e){this.unsaved=!1,this.sending=!1;return}
t.preventDefault(),e.name==="effacer"?this.clear(e):this.kept?this.kept.leave(e):(this.leaving=e,this.unsaved=!0,this.send())}clear(t){
var o;let e=t.closest(".question"),s=a("input[type=radio]",HTMLInputElement,e);for(let c of s)c.checked=!1;(o=s[0])==null||
o.focus(),t.hidden=!0,this.keepOrSave(e)}say(t,e){this.status.textContent=t,this.status.className=e?"status waiting":"st\
atus"}sendIn(t){clearTimeout(this.timer),this.timer=window.setTimeout(()=>this.send(),t)}send(){this.sending||(clearTimeout(
this.timer),this.sending=!0,this.unsaved=!1,this.say(r(this.form,"saving"),!0),L(this.form.action,x(this.form,this.leaving)).
then(t=>{if(t.status!==200)throw t;return t.json()}).then(t=>this.saved(t)).catch(t=>this.failed(t)))}saved(t){this.sending=
!1,this.shown.value=t.shown,this.refused=t.problems.length>0,y(this.form,t.problems),this.say(this.unsaved?r(this.form,"\
saving"):t.status,this.unsaved||this.refused);let e=i(".step[aria-current]",HTMLButtonElement,this.form);e&&S(e,t.answered,
a(".question",HTMLElement,this.form).length),this.retry.hidden=!0,this.patience.reset(),this.goOn(t.next)}goOn(t){this.unsaved?
this.send():this.leaving&&!this.refused?location.assign(t):this.leaving&&T(this.form)?this.leaving=null:this.leaving&&this.
submit()}failed(t){if(this.sending=!1,A(t)){this.submit();return}this.unsaved=!0,this.leaving=null,this.say(r(this.form,
"unsaved"),!0),this.status.classList.add("alone"),this.retry.hidden=!1,this.sendIn(this.patience.next())}submit(){if(this.
leaving){let t=document.createElement("input");t.type="hidden",t.name=this.leaving.name,t.value=this.leaving.value,this.
form.insertBefore(t,i("[name=whole]",HTMLInputElement,this.form))}this.unsaved=!1,this.refused=!1,this.form.submit()}};var f=i("form#page",HTMLFormElement),C=i("form[data-latest]",HTMLFormElement),B;(B=i("#problemes",HTMLElement))==null||B.
focus();H();f&&(k(f),M(f),g()&&new u(f).start());C&&v()&&window.addEventListener("load",()=>{m(r(C,"script"))});})();
