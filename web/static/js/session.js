"use strict";(()=>{var $=Math.pow;function h(e,t,n=document){let s=n.querySelector(e);return s instanceof t?s:null}function c(e,t,n=document){let s=h(e,t,
n);if(!s)throw new Error(`no ${e} in this page`);return s}function d(e,t,n=document){return Array.prototype.slice.call(n.
querySelectorAll(e)).filter(i=>i instanceof t)}function w(e){return e.target instanceof Element?e.target:document.documentElement}
function f(e,t){return e.dataset[t]||""}function A(e){let{submitter:t}=e;return t instanceof HTMLButtonElement?t:null}function q(e){return e.key.length===1?e.key.toLowerCase():e.key}function F(){let e=document.documentElement;document.fullscreenElement?
document.exitFullscreen():"requestFullscreen"in e&&e.requestFullscreen()}function I(e){return e.ctrlKey||e.metaKey||e.altKey}function N(e){return e instanceof Response&&e.headers.has("Content-Security-Policy")}var E=class{constructor(t,n){this.first=
t,this.longest=n,this.delay=0}next(){return this.delay=Math.min(this.longest,this.delay?this.delay*2:this.first),this.delay}reset(){
this.delay=0}get failing(){return this.delay>0}};function P(e){window.addEventListener("beforeunload",t=>{e()&&(t.preventDefault(),t.returnValue="")})}function B(e){return e.trim().replace(/\r\n/g,`
`).replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g,"_").length}function M(e,t){try{return window[e].getItem(t)}catch(n){return null}}function L(e,t,n){try{n===null?window[e].removeItem(
t):window[e].setItem(t,n)}catch(s){}}var Y=1e4,v=class{constructor(t,n){this.place=t,this.onChange=n,this.form=c("#deciding",HTMLFormElement),this.field=c("[\
name=text]",HTMLInputElement,this.form),this.late=c("#late",HTMLElement),this.list=c("#waiting",HTMLElement),this.name=`\
grille-decisions-${document.body.dataset.session}`,this.patience=new E(1e3,15e3),this.isSending=!1,this.timer=void 0,this.
queue=[]}start(){let t=JSON.parse(M("sessionStorage",this.name)||"{}");this.queue=t.queue||[],document.addEventListener(
"submit",n=>this.submitted(n)),this.field.addEventListener("input",()=>this.show(this.queue.length&&this.late.textContent||
"")),window.addEventListener("online",()=>{this.patience.reset(),this.send()}),P(()=>this.queue.length>0),t.typed&&!this.
field.value&&(this.field.value=t.typed),this.queue.length&&(this.show(f(this.place,"late")),this.send())}keep(){L("sessi\
onStorage",this.name,JSON.stringify({queue:this.queue,typed:this.field.value}))}show(t){this.late.textContent=t,this.list.
textContent="";for(let n of this.queue)"text"in n&&(this.list.appendChild(document.createElement("li")).textContent=n.text);
this.keep()}submitted(t){if(!this.place.contains(w(t)))return;t.preventDefault();let n=A(t);n&&n.name==="remove"?(this.queue.
push({remove:n.value}),this.keep(),this.send()):this.add(),this.field.focus()}add(){let t=this.field.value.trim(),n=B(t)-
Number(f(this.place,"longest"));if(n>0){this.show(f(this.place,"over").replace("{n}",String(n)));return}t&&(this.queue.push(
{text:t}),this.field.value=""),this.show(""),this.send()}send(){let t=this.queue[0];if(clearTimeout(this.timer),this.isSending||
!t)return;this.isSending=!0;let n=new AbortController,s=setTimeout(()=>n.abort(),Y);fetch(this.form.action,{method:"POST",
body:this.bodyOf(t),headers:{"X-Part":"list"},redirect:"error",signal:n.signal}).then(i=>{if(!i.ok&&i.status!==422||!N(i))
throw i;return i.text().then(o=>this.done(i.status===422,o))}).catch(i=>this.failed(i)).then(()=>{clearTimeout(s),this.isSending=
!1,this.patience.failing||this.send()})}bodyOf(t){let n=new FormData(this.form);return n.delete("text"),"text"in t?n.set(
"text",t.text):n.set("remove",t.remove),n}done(t,n){let s=this.queue.shift();this.patience.reset(),c("#decided",HTMLElement).
innerHTML=n,t&&s&&"text"in s&&(this.field.value=this.field.value?`${s.text} ${this.field.value}`:s.text),this.show(""),this.
onChange()}failed(t){this.show(f(this.place,"late")),t instanceof Response&&[400,401].indexOf(t.status)>=0&&this.renew(),
this.timer=window.setTimeout(()=>this.send(),this.patience.next())}renew(){fetch(location.href).then(t=>t.text()).then(t=>{
let n=new DOMParser().parseFromString(t,"text/html"),s=h("#deciding [name=csrf_token]",HTMLInputElement,n);s?c("[name=cs\
rf_token]",HTMLInputElement,this.form).value=s.value:this.show(f(this.place,"apart"))}).catch(()=>{})}};var z=900;function C(e){return R(e.getAttribute("points")||"")}function R(e){return e.split(" ").map(t=>t.split(",").map(
Number))}function Q(e,t,n){let s=1-$(1-n,3);return e.map((o,l)=>o.map((m,a)=>{var p,g;return(m+(((g=(p=t[l])==null?void 0:
p[a])!=null?g:m)-m)*s).toFixed(1)}).join(",")).join(" ")}function U(e){let t=d(".radar-series",SVGElement,e),n=t.length/
2,[s,i,o]=[t[n-2],t[n-1],t[2*n-1]],l=s&&h("polygon",SVGPolygonElement,s),m=i?d("polygon",SVGPolygonElement,i):[],a=m[0];
if(l&&a&&o&&C(l).length===C(a).length){let p={start:C(l),written:a.getAttribute("points")||"",polygons:m,marks:o,slide:e};
o.classList.add("unborn"),requestAnimationFrame(g=>W(p,g,g))}}function W(e,t,n){let s=Math.min(1,(n-t)/z),i=s===1||!e.slide.
classList.contains("current"),o=i?e.written:Q(e.start,R(e.written),s);for(let l of e.polygons)l.setAttribute("points",o);
i?e.marks.classList.remove("unborn"):requestAnimationFrame(l=>W(e,t,l))}var Z=2e3,T=class{constructor(t){this.tell=t,this.after=null}open(t){let n=this.after!==null;this.after=t,n||this.ask()}ask(){
let{revealed:t}=document.body.dataset;!this.after||!t||fetch(location.pathname+t).then(n=>{if(!n.ok)throw n;return n.text()}).
then(n=>this.receive(n)).catch(()=>{this.tell({wanted:!0}),setTimeout(()=>this.ask(),Z)})}receive(t){let n=new DOMParser().
parseFromString(t,"text/html");for(let i of d(".slide.sealed",HTMLElement)){let o=n.getElementById(i.id);o&&!o.classList.
contains("sealed")&&(o.classList.remove("current","upcoming"),o.removeAttribute("inert"),i.replaceWith(o))}let{after:s}=this;
s&&!document.querySelector(".slide.sealed")&&(this.after=null,s())}hear(t){if("wanted"in t){let n=d(".slide:not(.sealed)",
HTMLElement);return document.querySelector(".slide.sealed")||this.tell({given:n.map(s=>s.outerHTML).join("")}),!0}return"\
given"in t?(this.after&&this.receive(t.given),!0):!1}};var k=class{constructor(t,n){this.name=t,this.channel="BroadcastChannel"in window?new BroadcastChannel(t):null,this.channel&&
(this.channel.onmessage=s=>n(s.data)),window.addEventListener("storage",s=>{s.key===t&&s.newValue&&n(JSON.parse(s.newValue))})}tell(t){
var s;let n=Object.assign({time:Date.now()},t);(s=this.channel)==null||s.postMessage(n),L("localStorage",this.name,JSON.
stringify(n))}};var j=3e3,H=class{constructor(){this.slides=d(".slide",HTMLElement),this.position=c("#position",HTMLElement),this.tall=window.
matchMedia("(max-aspect-ratio: 1/1)"),this.still=window.matchMedia("(prefers-reduced-motion: reduce)"),this.name=`grille\
-seance-${document.body.dataset.session}`,this.windows=new k(this.name,t=>this.follow(t)),this.sealed=new T(t=>this.windows.
tell(t)),this.current=-1,this.listeners=[],this.going=""}start(){this.tall.addEventListener("change",()=>this.settle()),
window.addEventListener("hashchange",()=>this.show(this.named(),!1)),this.settle(),/^(\?repetition=1)?$/.test(location.search)&&
this.windows.tell({hello:!0})}settle(){let t=this.tall.matches&&!h("#desk",HTMLElement);document.body.classList.toggle("\
live",!t),t||this.show(this.named(),!1,!0)}get isLive(){return document.body.classList.contains("live")}named(){return Math.
max(0,this.slides.findIndex(t=>`#${t.id}`===location.hash))}show(t,n,s){let i=Math.max(0,Math.min(t,this.slides.length-1)),
o=this.slides[i];o&&(o.classList.contains("sealed")&&(this.sealed.open(()=>this.opened(i,n,s)),this.current>=0)||(i!==this.
current&&this.turn(i,o),n&&(o.focus({preventScroll:!0}),this.position.textContent=c(".count",HTMLElement,o).textContent),
this.changed(s)))}opened(t,n,s){this.slides=d(".slide",HTMLElement),t===this.current&&(this.current=-1),this.show(t,n,s)}turn(t,n){
var i;(i=this.slides[this.current])==null||i.classList.remove("current"),n.classList.add("current"),this.current>=0&&this.
current<=t&&!this.still.matches&&!n.classList.contains("slide-retained")&&U(n),this.current=t;try{location.hash!==`#${n.
id}`&&history.replaceState(null,"",`#${n.id}`)}catch(o){}document.body.classList.remove("black"),window.scrollTo(0,0)}by(t){
this.show(this.current+t,!0)}revealAll(){let t=this.slides.findIndex(n=>n.classList.contains("sealed"));t>=0&&this.show(
t,!0)}toggleBlack(){document.body.classList.toggle("black"),this.changed()}changed(t){for(let n of this.listeners)n(this.
current,this.slides);!t&&this.isLive&&this.tell()}listen(t){this.listeners.push(t),t(this.current,this.slides)}tell(){let t=document.
body.classList.contains("black");this.windows.tell({at:this.current,black:t,query:location.search})}tellDecided(){this.windows.
tell({decided:!0})}follow(t){if(!(!t||this.sealed.hear(t)||!this.isLive))if("hello"in t)this.tell();else if("decided"in t)
this.refresh();else if("at"in t)t.query!==location.search?this.reach(`${location.pathname}${t.query}#s${t.at+1}`):(this.
show(t.at,!1,!0),document.body.classList.toggle("black",t.black));else return}refresh(){fetch(location.href).then(t=>{if(!t.
ok)throw t;return t.text()}).then(t=>{let n=new DOMParser().parseFromString(t,"text/html").getElementById("decided"),s=h(
"#decided",HTMLElement);n&&s&&(s.innerHTML=n.innerHTML)}).catch(()=>{setTimeout(()=>this.refresh(),j)})}reach(t){this.going=
t,fetch(t).then(n=>{if(!n.ok)throw n;this.going===t&&location.replace(t)}).catch(()=>{setTimeout(()=>{this.going===t&&this.
reach(t)},j)})}};function D(e){return{begun:e,part:-1,since:e,spent:{}}}function G(e,t,n){if(t===e.part)return e;let s=Object.assign({},e.
spent);return s[e.part]=(s[e.part]||0)+n-e.since,{begun:e.begun,part:t,since:n,spent:s}}function J(e,t,n){let s=Math.floor(
((e.spent[e.part]||0)+n-e.since)/6e4),i=(t[e.part]||0)-s,o=t.slice(e.part+1).reduce((l,m)=>l+m,0);return{part:s,left:i,evening:Math.
max(i,0)+o}}function x(e){let t=e%60,n=Math.floor(e/60);return n>0?`${n} h ${t<10?"0":""}${t}`:`${e} min`}function V(e){
try{let t=JSON.parse(e);return t&&typeof t.begun=="number"&&typeof t.since=="number"&&t.spent&&typeof t.part=="number"?t:
null}catch(t){return null}}var tt=250;function K(e){document.body.classList.add("led"),e.listen((t,n)=>{n.forEach((i,o)=>{i.classList.toggle("upcom\
ing",e.isLive&&o===t+1),i.inert=e.isLive&&o!==t});let s=n[t];s&&et(s);for(let i of d("[data-title]",HTMLElement)){let o=n[t+
Number(f(i,"title"))];i.textContent=o?o.getAttribute("aria-label"):""}}),c("#on",HTMLElement).addEventListener("click",()=>e.
by(1)),c("#back",HTMLElement).addEventListener("click",()=>e.by(-1)),nt(e),location.search&&e.tell()}function et(e){let t=c(
"#said",HTMLElement),n=(c(".notes",HTMLElement,e).textContent||"").trim();t.textContent=n,t.classList.toggle("long",n.length>
tt)}function nt(e){let t=c("#elapsed",HTMLElement),n=d("#plan li",HTMLElement),s=n.map(a=>Number(f(a,"minutes"))),i=`${e.
name}-clock`,o=V(M("sessionStorage",i)||"")||D(Date.now()),l=()=>{let a=Math.floor((Date.now()-o.begun)/1e3),p=a%60;t.textContent=
`${Math.floor(a/60)}:${p<10?"0":""}${p}`,st(n[o.part],s[o.part]||0,J(o,s,Date.now()))},m=()=>{let a=f(e.slides[e.current]||
document.body,"key"),p=n.findIndex(g=>f(g,"slides").split(",").indexOf(a)>=0);o=G(o,p,Date.now()),L("sessionStorage",i,JSON.
stringify(o)),l()};c("#restart",HTMLElement).addEventListener("click",()=>{o=D(Date.now()),m()}),e.listen(m),setInterval(
l,1e3)}function st(e,t,n){let s=c("#remaining",HTMLElement),i=e?f(s,n.left<0?"over":"part"):"",o={part:e&&e.textContent||
"",spent:x(n.part),planned:x(t),left:x(Math.abs(n.left)),evening:x(n.evening)},l=i.replace(/\{(\w+)\}/g,(m,a)=>o[a]);s.textContent!==
l&&(s.textContent=l),s.classList.toggle("late",n.left<0)}var it=60,r=new H,u=h("#help",HTMLDialogElement),b="";function _(){u!=null&&u.open?u.close():u==null||u.showModal()}function ot(){
let{presenter:e}=document.body.dataset;e&&window.open(e+location.search+location.hash,r.name,"popup,width=1280,height=76\
0")}function rt(){document.body.classList.toggle("with-notes"),window.print()}var S=()=>r.by(1),y=()=>r.by(-1),ct={ArrowRight:S,
ArrowDown:S,PageDown:S,ArrowLeft:y,ArrowUp:y,PageUp:y,Backspace:y,Home:()=>r.show(0,!0),End:()=>r.show(r.slides.length-1,
!0),f:F,b:()=>r.toggleBlack(),".":()=>r.toggleBlack(),r:()=>r.revealAll(),p:ot,n:rt,"?":_,h:_};function lt(e){let t=w(e).
closest("input:not([type=checkbox]), textarea, [contenteditable]");return t instanceof HTMLElement?(e.key==="Escape"&&t.
blur(),e.key!=="PageDown"&&e.key!=="PageUp"):!1}function at(e){if(I(e)||u!=null&&u.open&&e.key!=="?"||lt(e))return;let t=q(
e);if(/^\d$/.test(t)){b=(b+t).slice(-3);return}let n=ut(t,e.shiftKey,w(e).closest("a, button, input")!==null);n&&(n(),b=
"",e.preventDefault())}function ut(e,t,n){let s=Number(b)-1;return e==="Enter"&&b?()=>r.show(s,!0):e===" "||e==="Enter"?
n?null:e===" "&&t?y:S:ct[e]||null}function ht(e){let t=w(e).closest(".foot a");t&&r.isLive&&(e.preventDefault(),r.show(r.
current+(t.classList.contains("next")?1:-1),!0))}var O;function dt(e){let t=e.changedTouches[0];if(!O||!t||!r.isLive)return;
let n=t.clientX-O.clientX,s=t.clientY-O.clientY;Math.abs(n)>it&&Math.abs(n)>2*Math.abs(s)&&r.by(n<0?1:-1)}function ft(e){
let t=e.target;if(!(t instanceof HTMLFormElement)||!t.matches(".choices"))return;e.preventDefault(),u!=null&&u.open&&u.close();
let n=new URLSearchParams;new FormData(t).forEach((s,i)=>{n.append(i,String(s))}),r.reach(`${location.pathname}?${n}${location.
hash}`)}document.addEventListener("keydown",at);document.addEventListener("click",ht);document.addEventListener("touchst\
art",e=>{O=e.touches[0]},{passive:!0});document.addEventListener("touchend",dt,{passive:!0});document.addEventListener("\
submit",ft);r.start();h("#said",HTMLElement)&&K(r);var X=h(".deciding",HTMLElement);X&&new v(X,()=>r.tellDecided()).start();})();
