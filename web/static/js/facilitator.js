"use strict";(()=>{function s(e,t,n=document){let o=n.querySelector(e);return o instanceof t?o:null}function a(e,t,n=document){let o=s(e,t,
n);if(!o)throw new Error(`no ${e} in this page`);return o}function w(e){return e.target instanceof Element?e.target:document.documentElement}function c(e,t){return e.dataset[t]||
""}function B(e){let{submitter:t}=e;return t instanceof HTMLButtonElement?t:null}function D(e){window.addEventListener("beforeunload",t=>{e()&&(t.preventDefault(),t.returnValue="")})}function H(e){return e.key.length===1?e.key.toLowerCase():e.key}function O(){let e=document.documentElement;document.fullscreenElement?
document.exitFullscreen():"requestFullscreen"in e&&e.requestFullscreen()}function C(e){return e.ctrlKey||e.metaKey||e.altKey}function P(e){return e instanceof Response&&e.headers.has("Content-Security-Policy")}var p=class{constructor(t,n){this.first=
t,this.longest=n,this.delay=0}next(){return this.delay=Math.min(this.longest,this.delay?this.delay*2:this.first),this.delay}reset(){
this.delay=0}get failing(){return this.delay>0}};function A(e,t){try{return window[e].getItem(t)}catch(n){return null}}function v(e,t,n){try{n===null?window[e].removeItem(
t):window[e].setItem(t,n)}catch(o){}}function k(e){return`grille-note-${location.pathname}-${e}`}function L(e){return JSON.parse(A("sessionStorage",k(e))||"n\
ull")}function F(e){v("sessionStorage",k(e),null)}function I(e){let t=s(".level input:checked",HTMLInputElement),n=a("#c\
omment",HTMLInputElement).value;v("sessionStorage",k(e),JSON.stringify({level:t?t.value:"",comment:n}))}function $(e){let t=e?
L(e):null;if(t){a("#comment",HTMLInputElement).value=t.comment;let n=T(t.level);n&&(n.checked=!0)}}function T(e){return s(
`.level input[value='${e}']`,HTMLInputElement)}var j=1e4;function l(){return a("#atelier",HTMLElement)}function u(){var e;return((e=s(".agree [name=savoir]",HTMLInputElement))==
null?void 0:e.value)||""}function S(){let e=s(".refresh",HTMLElement);e&&(e.hidden=!0),$(u())}function M(e){let t=new DOMParser().
parseFromString(e,"text/html"),n=t.getElementById("atelier");if(!n)throw new Error("another page");document.title=t.title,
l().replaceWith(document.adoptNode(n)),S(),(document.getElementById("probleme")||l()).focus({preventScroll:!0})}function h(e){
let t=document.getElementById("late");t&&(t.textContent=e)}function g(e,t){let n=new AbortController,o=setTimeout(()=>n.
abort(),j),r={method:t?"POST":"GET",credentials:"same-origin",signal:n.signal};return t&&(r.body=t),fetch(e,r).then(i=>{
let d=i.status>=500||[400,401,408,429].indexOf(i.status)>=0;if(!P(i)||d||q(i))throw i;return i.text().then(y=>(clearTimeout(
o),{isDone:i.ok,html:y}))})}function R(e){return e instanceof Response&&([400,401].indexOf(e.status)>=0||q(e))}function q(e){
return/\/connexion/.test(e.url)}var x=class{constructor(){this.waiting=[],this.isBusy=!1,this.patience=new p(1e3,15e3),this.timer=void 0}get isIdle(){return!this.
isBusy&&!this.waiting.length}add(t,n){var i;let o=new URLSearchParams;new FormData(t).forEach((d,y)=>{o.append(y,String(
d))}),n!=null&&n.name&&o.set(n.name,n.value),this.waiting.some(d=>d.address===t.action&&String(d.body)===String(o))||this.
waiting.push({address:t.action,body:o,words:((i=n==null?void 0:n.textContent)==null?void 0:i.trim())||"",skill:u()}),this.
send()}send(){let t=this.waiting[0];clearTimeout(this.timer),!(this.isBusy||!t)&&(this.isBusy=!0,g(t.address,t.body).then(
n=>this.done(t,n)).catch(n=>this.late(t,n)).then(()=>{this.isBusy=!1,this.patience.failing||this.send()}))}done(t,n){let o=/consensus$/.
test(t.address),r=!o&&L(t.skill)?t.skill:"";o&&n.isDone&&F(t.skill),M(n.html),this.waiting.shift(),n.isDone||(this.waiting=
[]),this.patience.reset(),r&&r!==u()&&h(c(l(),"left"))}late(t,n){h(c(l(),"late").replace("{act}",t.words)),R(n)&&this.renew(),
this.timer=window.setTimeout(()=>this.send(),this.patience.next())}renew(){g(c(l(),"page")).then(t=>{let n=new DOMParser().
parseFromString(t.html,"text/html"),o=a("#atelier [name=csrf_token]",HTMLInputElement,n);for(let r of this.waiting)r.body.
set("csrf_token",o.value)}).catch(()=>h(c(l(),"apart")))}follow(t){this.isBusy=!0,g(t).then(n=>M(n.html)).catch(()=>{}).
then(()=>{this.isBusy=!1,this.send()})}};var J=2e3,f=new x,E=null,N=null;function U(){let e=l(),t=c(e,"state");if(document.hidden||!f.isIdle||!t)return;let n=s("\
[data-count]",HTMLElement);fetch(t,{headers:E&&N===e?{"If-None-Match":E}:{},cache:"no-store",credentials:"same-origin",redirect:"\
error"}).then(r=>{if(r.status===304)return null;if(!r.ok)throw r;return E=r.headers.get("ETag"),N=e,r.json()}).then(r=>{
r&&e===l()&&f.isIdle&&V(e,n,r)}).catch(()=>{E=null,n&&(n.textContent=c(e,"lost"),n.classList.add("lost"))})}function V(e,t,n){
var r;if(n.version!==c(e,"version")){f.follow(c(e,"page"));return}t&&(t.textContent=n.words,t.classList.remove("lost"));
let o=s("[data-revealing]",HTMLElement);o&&o.textContent!==n.revealing&&(o.textContent=n.revealing);for(let i of["revele\
r","suite"])(r=document.getElementById(i))==null||r.classList.toggle("quiet",i!==n.first)}function m(e){var t;(t=document.
getElementById(e))==null||t.click()}function b(){let e=document.getElementById("reveler");m(e&&!e.classList.contains("qu\
iet")?"reveler":"suite")}var K={ArrowRight:b,PageDown:b,ArrowLeft:()=>m("precedent"),PageUp:()=>m("precedent"),r:()=>m("\
reveler"),n:()=>m("noter"),f:O,c:()=>{var e;return(e=document.getElementById("comment"))==null?void 0:e.focus()}};function W(e){
let t=w(e);return t instanceof HTMLElement&&t.id==="comment"?(e.key==="Escape"&&t.blur(),e.key!=="PageDown"&&e.key!=="Pa\
geUp"):t.closest("input")!==null&&/^Arrow/.test(e.key)}function _(e){let t=H(e);C(e)||W(e)||(/^\d$/.test(t)?G(e,t):K[t]&&
(K[t](),e.preventDefault()))}function G(e,t){let n=T(t);n&&(n.checked=!0,n.focus(),I(u()),e.preventDefault())}document.addEventListener(
"submit",e=>{e.preventDefault(),f.add(e.target,B(e))});document.addEventListener("input",e=>{w(e).closest(".agree")&&I(u())});
window.addEventListener("online",()=>{f.patience.reset(),f.send()});D(()=>f.waiting.length>0);document.addEventListener(
"keydown",_);S();setInterval(U,J);document.addEventListener("visibilitychange",U);})();
