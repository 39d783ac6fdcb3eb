"use strict";(()=>{function g(){return"fetch"in window&&"FormData"in window&&"forEach"in FormData.prototype}function v(){try{return!!(window.
indexedDB&&window.caches&&navigator.serviceWorker)}catch(n){return!1}}function w(){window.addEventListener("pageshow",n=>{
n.persisted&&location.reload()})}function i(n,e,t=document){let s=t.querySelector(n);return s instanceof e?s:null}function d(n,e,t=document){let s=i(n,e,
t);if(!s)throw new Error(`no ${n} in this page`);return s}function a(n,e,t=document){return Array.prototype.slice.call(t.
querySelectorAll(n)).filter(o=>o instanceof e)}function E(n){return n.target instanceof Element?n.target:document.documentElement}
function r(n,e){return n.dataset[e]||""}function L(n){let{submitter:e}=n;return e instanceof HTMLButtonElement?e:null}function x(n,e){let t=[],s=(o,c)=>{t.push(`${encodeURIComponent(o)}=${encodeURIComponent(String(c))}`)};return new FormData(
n).forEach((o,c)=>{s(c,o)}),e&&s(e.name,e.value),t.join("&")}function y(n,e){return fetch(n,{method:"POST",headers:{Accept:"\
application/json","Content-Type":"application/x-www-form-urlencoded"},body:e,credentials:"same-origin"})}function T(n,e){
var t;for(let s of a(".error",HTMLElement,n))s.textContent="";for(let s of a("[aria-invalid]",HTMLElement,n))s.removeAttribute(
"aria-invalid");for(let s of e){let o=document.getElementById(`${s.field}-erreur`);o&&(o.textContent=s.sentence),(t=document.
getElementById(s.field))==null||t.setAttribute("aria-invalid","true")}}function M(n){let e=i("[aria-invalid]",HTMLElement,
n),t=e==null?void 0:e.closest("details");return t&&(t.open=!0),e==null||e.focus(),e!==null}function b(n){window.addEventListener(
"beforeunload",e=>{n()&&(e.preventDefault(),e.returnValue="")})}function H(n){i("[data-limit]",HTMLElement)&&document.addEventListener(
"focusin",function e(t){t.target instanceof HTMLElement&&t.target.hasAttribute("data-limit")&&(document.removeEventListener(
"focusin",e),m(r(n,"counter")))})}function m(n){let e=document.createElement("script");e.src=n,e.async=!1,document.head.
appendChild(e)}function k(){q();let n=i(".copy",HTMLButtonElement);if(!n||!navigator.clipboard)return;let e=d("#adresse",HTMLTextAreaElement);
n.hidden=!1,n.addEventListener("click",()=>{navigator.clipboard.writeText(e.value).then(()=>{d(".status",HTMLElement,n.parentElement||
document).textContent=r(n,"done")},()=>{e.select()})})}function q(){let n=i(".share",HTMLButtonElement);!n||!("share"in navigator)||
(n.hidden=!1,n.addEventListener("click",()=>{let e=d("#adresse",HTMLTextAreaElement).value;navigator.share({title:r(n,"t\
itle"),url:e}).catch(()=>{})}))}function A(n){let e=window.speechSynthesis;if(!e||!window.SpeechSynthesisUtterance)return;let t=()=>{let s=F(e.getVoices(),
document.documentElement.lang);s&&(e.removeEventListener("voiceschanged",t),O(n,new p(e,s,r(n,"listen"),r(n,"stop"))))};
e.addEventListener("voiceschanged",t),t()}function F(n,e){let t=new RegExp(`^${e}($|[-_])`,"i");return n.find(s=>s.localService&&
t.test(s.lang))}function O(n,e){var t;for(let s of a(".question",HTMLElement,n))(t=i(".help",HTMLElement,s))==null||t.appendChild(
e.buttonFor(s));window.addEventListener("pagehide",()=>e.stop())}var p=class{constructor(e,t,s,o){this.speech=e,this.voice=
t,this.words={listen:s,stop:o},this.reading=null}buttonFor(e){let t=document.createElement("button");return t.type="butt\
on",t.className="plain-link listen",t.textContent=this.words.listen,t.setAttribute("aria-pressed","false"),t.addEventListener(
"click",()=>{this.reading===t?this.stop():this.start(t,e)}),t}start(e,t){this.stop(),this.reading=e,e.textContent=this.words.
stop,e.setAttribute("aria-pressed","true");let s=P(t);s.forEach((o,c)=>{let l=new window.SpeechSynthesisUtterance(o);l.voice=
this.voice,l.lang=this.voice.lang,c===s.length-1&&(l.onend=()=>this.stop()),this.speech.speak(l)})}stop(){this.speech.cancel(),
this.reading&&(this.reading.textContent=this.words.listen,this.reading.setAttribute("aria-pressed","false"),this.reading=
null)}};function P(n){return a("legend, .choice > label",HTMLElement,n).map(e=>Array.prototype.map.call(e.childNodes,t=>t.
textContent).join(". "))}function S(n){return D(n)&&n.status<500&&[408,425,429].indexOf(n.status)<0}function D(n){return n instanceof Response&&n.
headers.has("Content-Security-Policy")}var h=class{constructor(e,t){this.first=e,this.longest=t,this.delay=0}next(){return this.
delay=Math.min(this.longest,this.delay?this.delay*2:this.first),this.delay}reset(){this.delay=0}get failing(){return this.
delay>0}};function C(n,e,t){n.classList.toggle("all",e>0&&e===t),n.classList.toggle("some",e>0&&e<t);let s=i("[data-answered]",HTMLElement,
n);s&&(s.textContent=String(e))}var $=1200,u=class{constructor(e){this.form=e,this.status=d(".status",HTMLElement,e),this.retry=d(".retry",HTMLButtonElement,
e),this.shown=d("[name=shown]",HTMLInputElement,e),this.patience=new h(2e3,3e4),this.unsaved=!1,this.sending=!1,this.refused=
!1,this.leaving=null,this.timer=void 0}start(){this.form.addEventListener("change",e=>this.changed(e)),this.form.addEventListener(
"input",e=>this.typed(e)),this.form.addEventListener("submit",e=>this.submitted(e)),this.retry.addEventListener("click",
()=>this.send()),window.addEventListener("online",()=>{this.unsaved&&this.send()}),b(()=>this.unsaved||this.sending||this.
refused&&!window.keptAnswers)}get kept(){return this.unsaved||this.sending?null:window.keptAnswers}changed(e){let t=E(e).
closest(".question");t&&e.target instanceof HTMLInputElement&&e.target.type==="radio"&&(d(".clear",HTMLElement,t).hidden=
!1),this.keepOrSave(t)}keepOrSave(e){let{kept:t}=this;e&&t?t.changed(e):(this.unsaved=!0,this.sendIn(0))}typed(e){if(!(e.
target instanceof HTMLTextAreaElement))return;let{kept:t}=this,s=e.target.closest(".question");s&&t?t.typed(s):(this.unsaved=
!0,this.say(r(this.form,"unsaved"),!0),this.sendIn($))}submitted(e){let t=L(e);if(!t){this.unsaved=!1,this.sending=!1;return}
e.preventDefault(),t.name==="effacer"?this.clear(t):this.kept?this.kept.leave(t):(this.leaving=t,this.unsaved=!0,this.send())}clear(e){
var o;let t=e.closest(".question"),s=a("input[type=radio]",HTMLInputElement,t);for(let c of s)c.checked=!1;(o=s[0])==null||
o.focus(),e.hidden=!0,this.keepOrSave(t)}say(e,t){this.status.textContent=e,this.status.className=t?"status waiting":"st\
atus"}sendIn(e){clearTimeout(this.timer),this.timer=window.setTimeout(()=>this.send(),e)}send(){this.sending||(clearTimeout(
this.timer),this.sending=!0,this.unsaved=!1,this.say(r(this.form,"saving"),!0),y(this.form.action,x(this.form,this.leaving)).
then(e=>{if(e.status!==200)throw e;return e.json()}).then(e=>this.saved(e)).catch(e=>this.failed(e)))}saved(e){this.sending=
!1,this.shown.value=e.shown,this.refused=e.problems.length>0,T(this.form,e.problems),this.say(this.unsaved?r(this.form,"\
saving"):e.status,this.unsaved||this.refused);let t=i(".step[aria-current]",HTMLButtonElement,this.form);t&&C(t,e.answered,
a(".question",HTMLElement,this.form).length),this.retry.hidden=!0,this.patience.reset(),this.goOn(e.next)}goOn(e){this.unsaved?
this.send():this.leaving&&!this.refused?location.assign(e):this.leaving&&M(this.form)?this.leaving=null:this.leaving&&this.
submit()}failed(e){if(this.sending=!1,S(e)){this.submit();return}this.unsaved=!0,this.leaving=null,this.say(r(this.form,
"unsaved"),!0),this.status.classList.add("alone"),this.retry.hidden=!1,this.sendIn(this.patience.next())}submit(){if(this.
leaving){let e=document.createElement("input");e.type="hidden",e.name=this.leaving.name,e.value=this.leaving.value,this.
form.insertBefore(e,i("[name=whole]",HTMLInputElement,this.form))}this.unsaved=!1,this.refused=!1,this.form.submit()}};var f=i("form#page",HTMLFormElement),B=i("form[data-latest]",HTMLFormElement),I;(I=i("#problemes",HTMLElement))==null||I.
focus();k();w();f&&(A(f),H(f),g()&&new u(f).start());B&&v()&&window.addEventListener("load",()=>{m(r(B,"script"))});})();
