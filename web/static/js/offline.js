"use strict";(()=>{function b(e){return e.answers.filter(t=>!t.saved)}function N(e){return b(e).filter(t=>!t.refused)}function X(e,t){if(!e.
response)return null;if(t||e.response.submit)return b(e);let n=N(e);return n.length?n:null}function A(e,t){let n={};for(let r of e)
n[r.code]={fields:r.fields,at:Math.round(r.at)};return JSON.stringify({answers:n,submit:!!t})}function Y(e,t){return Object.
assign({},e,{latest:Math.max(t+e.offset,e.latest+1)})}function Z(e,t,n){return!e||e.saved?{key:t.key,code:t.code,fields:n,
at:0,saved:!0}:null}function ee(e,t,n){let r=Math.max(e.latest,t.latest);return Object.assign({},e,{offset:t.now-n,latest:r,
submit:!1})}function te(e,t,n){return!e||e.at!==t.at?null:n.problems.some(o=>o.field!==void 0&&o.field in e.fields)?Object.
assign({},e,{refused:!0}):Object.assign({},e,{fields:n.answers[e.code]||e.fields,saved:!0})}var C=null;function ve(){return C=C||Ee(),C}function Ee(){return new Promise((e,t)=>{let n=indexedDB.open("grille",1);n.
onupgradeneeded=()=>{n.result.createObjectStore("responses",{keyPath:"key"}),n.result.createObjectStore("answers",{keyPath:[
"key","code"]})},n.onsuccess=()=>{e(n.result)},n.onblocked=()=>{C=null,t(new Error("the store is blocked"))},n.onerror=()=>{
C=null,t(n.error)}})}function p(e,t,n="relaxed"){return ve().then(r=>new Promise((o,s)=>{let i=r.transaction(["responses",
"answers"],e,{durability:n}),O=t(i.objectStore("responses"),i.objectStore("answers"));i.oncomplete=()=>{o(O)},i.onerror=
()=>{s(i.error)},i.onabort=i.onerror}))}function v(e,t,n){let r=e.get(t);r.onsuccess=()=>{n(r.result)}}function q(e,t,n,r){
let o=e.get([t,n]);o.onsuccess=()=>{r(o.result)}}function K(e){return IDBKeyRange.bound([e],[e,[]])}var E=class extends Error{constructor(t){super(`status ${t}`),this.status=t}};function m(e){return p("readonly",(t,n)=>{
let r={response:null,answers:[]};v(t,e,s=>{r.response=s||null});let o=n.getAll(K(e));return o.onsuccess=()=>{r.answers=o.
result},r})}function ye(){return p("readonly",e=>{let t=[],n=e.getAllKeys();return n.onsuccess=()=>{for(let r of n.result)
t.push(String(r))},t})}function M(e,t){return p("readwrite",n=>{v(n,e,r=>{n.put(Object.assign({offset:0,latest:0},r,{key:e},
t))})})}function k(e,t,n){return p("readwrite",(r,o)=>{v(r,e,s=>{if(s){r.put(Object.assign(s,{latest:Math.max(s.latest,n)}));
for(let i of Object.keys(t))q(o,e,i,O=>F(o,Z(O,{key:e,code:i},t[i]||{})))}})})}function ne(e,t,n){return p("readwrite",(r,o)=>{
v(r,e,s=>{if(!s){r.transaction.abort();return}let i=Y(s,Date.now());r.put(i),F(o,{key:e,code:t,fields:n,at:i.latest,saved:!1})})},
"strict")}function F(e,t){t&&e.put(t)}function x(e,t,n){return`/repondre/${e}/${t}${n||""}`}function re(e,t){return m(e).
then(n=>{let r=X(n,t);if(!r||!n.response)return null;let o=x(e,"envoi",n.response.wording);return Te(o,A(r,n.response.submit)).
then(s=>Le(e,r,s).then(()=>s))})}function Te(e,t){return fetch(e,{method:"POST",headers:{Accept:"application/json","Cont\
ent-Type":"application/json"},body:t,credentials:"same-origin",cache:"no-store"}).then(r=>{if(r.ok)return r.json();throw new E(
r.status)},()=>{throw new E(0)})}function Le(e,t,n){return n.submitted?oe(e):p("readwrite",(r,o)=>{v(r,e,s=>{s&&r.put(ee(
s,n,Date.now()))});for(let s of t)q(o,e,s.code,i=>F(o,te(i,s,n)))})}function oe(e){return p("readwrite",(t,n)=>{t.delete(
e),n.delete(K(e))}).then(()=>typeof caches!="undefined"&&caches.delete(`reponse-${e}`))}function se(e){return ye().then(
t=>Promise.all(t.filter(n=>n!==e).map(Se)))}function Se(e){return m(e).then(t=>{var r;return((r=t.response)==null?void 0:
r.submit)||b(t).length>0?null:oe(e)})}function ie(e,t){let n=document.createElement("form"),r=document.createElement("textarea");n.method="post",n.action=x(e,
"non-enregistre",location.search),n.hidden=!0,r.name="answers",r.value=A(b(t)),n.appendChild(r),document.body.appendChild(
n),n.submit()}function ae(e){let t=x(e,"trousse",location.search);return fetch(t,{headers:{Accept:"application/json"}}).then(n=>{if(!n.
ok)throw new Error("no kit");let r=n.headers.get("Content-Security-Policy")||"";return n.json().then(o=>Oe(e,o,r))})}function Oe(e,t,n){
let r={offset:t.now-Date.now(),latest:t.latest,pages:t.questions};return Ce(e,t,n).then(()=>M(e,r)).then(()=>k(e,t.answers,
t.latest))}function Ce(e,t,n){let r={"Content-Type":"text/html; charset=utf-8","Content-Security-Policy":n,"Referrer-Pol\
icy":"no-referrer"};return caches.open(`reponse-${e}`).then(o=>{let s=Object.keys(t.pages).map(i=>{let O=(t.pages[i]||"").
replace("<html","<html data-kept");return o.put(i,new Response(O,{headers:r}))});return Promise.all(s.concat(o.addAll(t.
files)))})}function l(e,t,n=document){let r=n.querySelector(e);return r instanceof t?r:null}function g(e,t,n=document){let r=l(e,t,
n);if(!r)throw new Error(`no ${e} in this page`);return r}function f(e,t,n=document){return Array.prototype.slice.call(n.
querySelectorAll(e)).filter(o=>o instanceof t)}function u(e,t){return e.dataset[t]||""}function ce(e,t){var n;for(let r of f(".error",HTMLElement,e))r.textContent="";for(let r of f("[aria-invalid]",HTMLElement,
e))r.removeAttribute("aria-invalid");for(let r of t){let o=document.getElementById(`${r.field}-erreur`);o&&(o.textContent=
r.sentence),(n=document.getElementById(r.field))==null||n.setAttribute("aria-invalid","true")}}function ue(e){let t=l("[\
aria-invalid]",HTMLElement,e),n=t==null?void 0:t.closest("details");return n&&(n.open=!0),t==null||t.focus(),t!==null}function le(e){
window.addEventListener("beforeunload",t=>{e()&&(t.preventDefault(),t.returnValue="")})}function Me(e,t,n){e.classList.toggle("all",t>0&&t===n),e.classList.toggle("some",t>0&&t<n);let r=l("[data-answered]",HTMLElement,
e);r&&(r.textContent=String(t))}function H(e,t,n){for(let r of f(".step",HTMLButtonElement,e)){let o=t[r.value];o!==void 0&&
Me(r,o,(n[r.value]||[]).length)}}var a=g("form[data-latest]",HTMLFormElement),J=a.id==="page",w=document.documentElement.hasAttribute("data-kept"),W=g(".\
status",HTMLElement,a);function h(e,t){W.textContent=e,W.className=t?"status waiting alone":"status"}function j(){h(u(a,
navigator.onLine?"unreachable":"kept"),!0)}function fe(){return W.classList.contains("waiting")}function y(){return f(".\
question",HTMLElement,a)}function V(e,t){let n={};for(let r of Object.keys(t)){let o=t[r]||[];n[r]=e.filter(s=>o.indexOf(
s.code)>=0&&s.fields[`q_${s.code}`]).length}H(a,n,t)}function de(e){var n;(n=document.getElementById("elsewhere"))==null||
n.remove(),ce(a,e.filter(r=>r.field));let t=e.filter(r=>r.there&&!document.getElementById(r.field||""));t.length&&Pe(t)}
function Pe(e){var n;let t=document.createElement("div");t.id="elsewhere",t.className="problems",t.setAttribute("role","\
alert");for(let r of e){let o=document.createElement("a");o.href=r.there||"",o.textContent=r.said||r.sentence,t.appendChild(
document.createElement("p")).appendChild(o)}(n=a.parentElement)==null||n.insertBefore(t,a)}function me(e){let t=Number(location.
pathname.split("/")[3]),n=location.search;return e==="lecture"?t+(n?"":"?lecture=facile"):e==="suite"?(t<Number(u(a,"pag\
es"))?t+1:"relecture")+n:e+n}function B(e){return f("input[name], select[name], textarea[name]",HTMLElement,e)}function _(e){return e instanceof HTMLInputElement&&
e.type==="radio"}function T(e){return e.id.replace("question-","")}function P(e){let t={};for(let n of B(e))!_(n)||n.checked?
t[n.name]=n.value:n.name in t||(t[n.name]="");return t}var he={};function $(e){he[T(e)]=JSON.stringify(P(e))}function pe(e){
return he[T(e)]!==JSON.stringify(P(e))}function ge(e){return l("[aria-invalid]",HTMLElement,e)!==null||B(e).some(Ae)}function Ae(e){
return e instanceof HTMLSelectElement?Array.prototype.some.call(e.options,t=>t.defaultSelected!==t.selected&&t.value):_(
e)?e.checked!==e.defaultChecked:e.value!==e.defaultValue}function U(e,t){for(let r of B(e))ke(r,t[r.name]||"");$(e);let n=l(
".clear",HTMLElement,e);n&&(n.hidden=!l("input[type=radio]:checked",HTMLInputElement,e));for(let r of f("details.comment",
HTMLDetailsElement,e))g("textarea",HTMLTextAreaElement,r).value&&(r.open=!0)}function ke(e,t){_(e)?e.checked=t!==""&&e.value===
t:(e instanceof HTMLSelectElement||e!==document.activeElement||e.value===e.defaultValue)&&(e.value=t)}function z(e){for(let t of B(
e))if(t.hasAttribute("aria-invalid")){t.removeAttribute("aria-invalid");let n=document.getElementById(`${t.name}-erreur`);
n&&(n.textContent="")}}function we(){let{serviceWorker:e}=navigator,t=new Promise(n=>{e.addEventListener("controllerchange",n),e.controller&&n(
null)});return e.register("/repondre/hors-connexion.js",{scope:"/repondre/"}).then(n=>t.then(()=>n))}function xe(e,t){let n=JSON.parse(g("#labels",HTMLScriptElement).textContent||"{}");for(let r of t){let o=l(`.said[data-\
code="${r.code}"] dd`,HTMLElement);o&&He(o,r,n,u(e,"silence"))}g("main .lead",HTMLElement).textContent=u(e,"own")}function He(e,t,n,r){
for(let o of f("b, span:not(.unseen), q",HTMLElement,e))o.remove();je(e,n[t.fields[`q_${t.code}`]||""],r),Be(e,t,n)}function je(e,t,n){
let r=document.createElement(t?"b":"span");r.className=t?"":"none",r.textContent=t||n,e.insertBefore(r,e.firstChild)}function Be(e,t,n){
for(let r of Object.keys(t.fields)){let o=t.fields[r];if(r!==`q_${t.code}`&&o){let s=r.split(":")[1]==="before",i=e.appendChild(
document.createElement(s?"span":"q"));i.textContent=s?`${n.before} ${n[o]}`:o}}}var R=class{constructor(t,n){this.first=t,this.longest=n,this.delay=0}next(){return this.delay=Math.min(this.longest,this.
delay?this.delay*2:this.first),this.delay}reset(){this.delay=0}get failing(){return this.delay>0}};var I=class{constructor(t,n,r,o){this.key=t,this.registration=n,this.listener=r,this.asking=o,this.failing=o,this.patience=
new R(2e3,3e4),this.current=null,this.timer=void 0}sync(){if(this.current)return this.current.more=!0,this.current.done;
clearTimeout(this.timer);let t={more:!1,done:Promise.resolve(null)};return this.current=t,t.done=re(this.key,this.asking).
then(n=>(this.current=null,n?this.heard(n,t.more):this.nothingToSend(t.more)),n=>(this.current=null,this.failed(n,t.more))),
t.done}heard(t,n){return this.failing=!1,this.asking=n&&!t.submitted,this.patience.reset(),this.listener.heard(t,n),this.
asking?this.sync():t}nothingToSend(t){return m(this.key).then(n=>n.response?(this.asking=t||this.listener.isWaiting(),this.
asking?this.sync():null):(this.listener.gone(),null))}failed(t,n){var o;if(t instanceof E&&[404,409,410].indexOf(t.status)>=
0)return m(this.key).then(s=>(this.listener.refused(s),null));this.failing=!0,this.listener.failed();let r=this.patience.
next();return this.timer=window.setTimeout(()=>this.sync(),n?0:r),(o=this.registration.sync)==null||o.register("envoi").
catch(()=>{}),Promise.resolve(null)}};var $e=5e3,d=location.pathname.split("/")[2]||"",D={},L=0,S=null,G=Promise.resolve(),c;function Re(e,t){if(e.submitted){
location.assign(e.end);return}de(e.problems),!t&&J?Ie(e):t||h("",!1)}function Ie(e){if(H(a,e.steps,D),S===null&&(h(e.status,
e.problems.length>0),!e.problems.length))for(let t of y()){let n=e.answers[T(t)];n&&U(t,n)}}var De={heard:Re,failed:j,gone:()=>{
location.assign(x(d,"fin",location.search))},isWaiting:fe,refused:e=>{L=0,ie(d,e)}};function be(e){return z(e),Q(e).then(
()=>c.sync())}function Ne(e){z(e),h(u(a,"unsaved"),!0),clearTimeout(S||void 0),S=window.setTimeout(be,800,e)}function qe(){
return Promise.all([G].concat(y().filter(pe).map(Q)))}function Q(e){return L+=1,clearTimeout(S||void 0),S=null,$(e),G=ne(
d,T(e),P(e)).then(()=>{L-=1,c.failing||!navigator.onLine?j():h(u(a,"saving"),!0),m(d).then(t=>{V(t.answers,D)})},()=>{Ke(
e)}),G}function Ke(e){L=0,window.keptAnswers=null,e.dispatchEvent(new Event("change",{bubbles:!0}))}function Fe(e){let t=me(
e.value),n=c.failing||!navigator.onLine?0:$e,r=new Promise(o=>{setTimeout(o,n)});qe().then(()=>(l("[aria-invalid]",HTMLElement,
a)&&(c.asking=!0),Promise.race([c.sync(),r]))).then(()=>{!ue(a)&&!L&&location.assign(t)})}function We(e){e.preventDefault(),
M(d,{submit:!0}).then(()=>c.sync()).then(t=>{c.failing?h(u(a,"later"),!0):t&&!t.submitted&&!t.problems.length&&a.submit()})}
function Je(){return se(d).then(()=>m(d)).then(e=>{var t;return(t=e.response)!=null&&t.pages?e:ae(d).then(()=>m(d))}).then(
e=>{var t;return D=((t=e.response)==null?void 0:t.pages)||{},M(d,{wording:location.search}).then(()=>{Ve(e)})})}function Ve(e){
var n;let t=e.answers.filter(r=>w||!r.saved);J?_e(e,t):ze(e,t),window.addEventListener("online",()=>{c.patience.reset(),
c.sync()}),document.addEventListener("visibilitychange",()=>{!document.hidden&&c.failing&&c.sync()}),le(()=>L>0||S!==null),
w&&j(),(w||(n=e.response)!=null&&n.submit||N(e).length)&&c.sync()}function _e(e,t){let n=w?[]:y().filter(ge);y().forEach(
$),k(d,Ue(t,n),Number(u(a,"latest"))),(w||t.length)&&V(e.answers,D),t.some(r=>!r.saved)&&(c.asking=!0,h(u(a,"saving"),!0),
c.sync()),window.keptAnswers={changed:be,typed:Ne,leave:Fe},n.length&&Promise.all(n.map(Q)).then(()=>c.sync())}function Ue(e,t){
let n={};for(let r of y().filter(o=>t.indexOf(o)<0)){let o=T(r),s=e.filter(i=>i.code===o)[0];s||w?U(r,s?s.fields:{}):n[o]=
P(r)}return n}function ze(e,t){var n;t.length&&xe(a,t),a.addEventListener("submit",We),(n=e.response)!=null&&n.submit&&h(
u(a,"later"),!0)}we().then(e=>(c=new I(d,e,De,w),Je())).then(()=>{a.setAttribute("data-ready","")}).catch(()=>{});})();
