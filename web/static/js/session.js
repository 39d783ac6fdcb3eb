"use strict";(()=>{var D=Math.pow;function a(n,t,e=document){let i=e.querySelector(n);return i instanceof t?i:null}function c(n,t,e=document){let i=a(n,t,
e);if(!i)throw new Error(`no ${n} in this page`);return i}function h(n,t,e=document){return Array.prototype.slice.call(e.
querySelectorAll(n)).filter(s=>s instanceof t)}function m(n){return n.target instanceof Element?n.target:document.documentElement}
function d(n,t){return n.dataset[t]||""}function q(n){let{submitter:t}=n;return t instanceof HTMLButtonElement?t:null}function A(n){return n.key.length===1?n.key.toLowerCase():n.key}function O(){let n=document.documentElement;document.fullscreenElement?
document.exitFullscreen():"requestFullscreen"in n&&n.requestFullscreen()}function C(n){return n.ctrlKey||n.metaKey||n.altKey}function F(n){return n instanceof Response&&n.headers.has("Content-Security-Policy")}var x=class{constructor(t,e){this.first=
t,this.longest=e,this.delay=0}next(){return this.delay=Math.min(this.longest,this.delay?this.delay*2:this.first),this.delay}reset(){
this.delay=0}get failing(){return this.delay>0}};function $(n){window.addEventListener("beforeunload",t=>{n()&&(t.preventDefault(),t.returnValue="")})}function I(n){return n.trim().replace(/\r\n/g,`
`).replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g,"_").length}function P(n,t){try{return window[n].getItem(t)}catch(e){return null}}function E(n,t,e){try{e===null?window[n].removeItem(
t):window[n].setItem(t,e)}catch(i){}}var J=1e4,b=class{constructor(t,e){this.place=t,this.onChange=e,this.form=c("#deciding",HTMLFormElement),this.field=c("[\
name=text]",HTMLInputElement,this.form),this.late=c("#late",HTMLElement),this.list=c("#waiting",HTMLElement),this.name=`\
grille-decisions-${document.body.dataset.session}`,this.patience=new x(1e3,15e3),this.isSending=!1,this.timer=void 0,this.
queue=[]}start(){let t=JSON.parse(P("sessionStorage",this.name)||"{}");this.queue=t.queue||[],document.addEventListener(
"submit",e=>this.submitted(e)),this.field.addEventListener("input",()=>this.show(this.queue.length&&this.late.textContent||
"")),window.addEventListener("online",()=>{this.patience.reset(),this.send()}),$(()=>this.queue.length>0),t.typed&&!this.
field.value&&(this.field.value=t.typed),this.queue.length&&(this.show(d(this.place,"late")),this.send())}keep(){E("sessi\
onStorage",this.name,JSON.stringify({queue:this.queue,typed:this.field.value}))}show(t){this.late.textContent=t,this.list.
textContent="";for(let e of this.queue)"text"in e&&(this.list.appendChild(document.createElement("li")).textContent=e.text);
this.keep()}submitted(t){if(!this.place.contains(m(t)))return;t.preventDefault();let e=q(t);e&&e.name==="remove"?(this.queue.
push({remove:e.value}),this.keep(),this.send()):this.add(),this.field.focus()}add(){let t=this.field.value.trim(),e=I(t)-
Number(d(this.place,"longest"));if(e>0){this.show(d(this.place,"over").replace("{n}",String(e)));return}t&&(this.queue.push(
{text:t}),this.field.value=""),this.show(""),this.send()}send(){let t=this.queue[0];if(clearTimeout(this.timer),this.isSending||
!t)return;this.isSending=!0;let e=new AbortController,i=setTimeout(()=>e.abort(),J);fetch(this.form.action,{method:"POST",
body:this.bodyOf(t),headers:{"X-Part":"list"},redirect:"error",signal:e.signal}).then(s=>{if(!s.ok&&s.status!==422||!F(s))
throw s;return s.text().then(o=>this.done(s.status===422,o))}).catch(s=>this.failed(s)).then(()=>{clearTimeout(i),this.isSending=
!1,this.patience.failing||this.send()})}bodyOf(t){let e=new FormData(this.form);return e.delete("text"),"text"in t?e.set(
"text",t.text):e.set("remove",t.remove),e}done(t,e){let i=this.queue.shift();this.patience.reset(),c("#decided",HTMLElement).
innerHTML=e,t&&i&&"text"in i&&(this.field.value=this.field.value?`${i.text} ${this.field.value}`:i.text),this.show(""),this.
onChange()}failed(t){this.show(d(this.place,"late")),t instanceof Response&&[400,401].indexOf(t.status)>=0&&this.renew(),
this.timer=window.setTimeout(()=>this.send(),this.patience.next())}renew(){fetch(location.href).then(t=>t.text()).then(t=>{
let e=new DOMParser().parseFromString(t,"text/html"),i=a("#deciding [name=csrf_token]",HTMLInputElement,e);i?c("[name=cs\
rf_token]",HTMLInputElement,this.form).value=i.value:this.show(d(this.place,"apart"))}).catch(()=>{})}};var K=900;function S(n){return B(n.getAttribute("points")||"")}function B(n){return n.split(" ").map(t=>t.split(",").map(
Number))}function W(n,t,e){let i=1-D(1-e,3);return n.map((o,u)=>o.map((f,p)=>{var y,g;return(f+(((g=(y=t[u])==null?void 0:
y[p])!=null?g:f)-f)*i).toFixed(1)}).join(",")).join(" ")}function N(n){let t=h(".radar-series",SVGElement,n),e=t.length/
2,[i,s,o]=[t[e-2],t[e-1],t[2*e-1]],u=i&&a("polygon",SVGPolygonElement,i),f=s?h("polygon",SVGPolygonElement,s):[],p=f[0];
if(u&&p&&o&&S(u).length===S(p).length){let y={start:S(u),written:p.getAttribute("points")||"",polygons:f,marks:o,slide:n};
o.classList.add("unborn"),requestAnimationFrame(g=>R(y,g,g))}}function R(n,t,e){let i=Math.min(1,(e-t)/K),s=i===1||!n.slide.
classList.contains("current"),o=s?n.written:W(n.start,B(n.written),i);for(let u of n.polygons)u.setAttribute("points",o);
s?n.marks.classList.remove("unborn"):requestAnimationFrame(u=>R(n,t,u))}var X=2e3,M=class{constructor(t){this.tell=t,this.after=null}open(t){let e=this.after!==null;this.after=t,e||this.ask()}ask(){
let{revealed:t}=document.body.dataset;!this.after||!t||fetch(location.pathname+t).then(e=>{if(!e.ok)throw e;return e.text()}).
then(e=>this.receive(e)).catch(()=>{this.tell({wanted:!0}),setTimeout(()=>this.ask(),X)})}receive(t){let e=new DOMParser().
parseFromString(t,"text/html");for(let s of h(".slide.sealed",HTMLElement)){let o=e.getElementById(s.id);o&&!o.classList.
contains("sealed")&&(o.classList.remove("current","upcoming"),o.removeAttribute("inert"),s.replaceWith(o))}let{after:i}=this;
i&&!document.querySelector(".slide.sealed")&&(this.after=null,i())}hear(t){if("wanted"in t){let e=h(".slide:not(.sealed)",
HTMLElement);return document.querySelector(".slide.sealed")||this.tell({given:e.map(i=>i.outerHTML).join("")}),!0}return"\
given"in t?(this.after&&this.receive(t.given),!0):!1}};var v=class{constructor(t,e){this.name=t,this.channel="BroadcastChannel"in window?new BroadcastChannel(t):null,this.channel&&
(this.channel.onmessage=i=>e(i.data)),window.addEventListener("storage",i=>{i.key===t&&i.newValue&&e(JSON.parse(i.newValue))})}tell(t){
var i;let e=Object.assign({time:Date.now()},t);(i=this.channel)==null||i.postMessage(e),E("localStorage",this.name,JSON.
stringify(e))}};var G=3e3,T=class{constructor(){this.slides=h(".slide",HTMLElement),this.position=c("#position",HTMLElement),this.tall=window.
matchMedia("(max-aspect-ratio: 1/1)"),this.still=window.matchMedia("(prefers-reduced-motion: reduce)"),this.name=`grille\
-seance-${document.body.dataset.session}`,this.windows=new v(this.name,t=>this.follow(t)),this.sealed=new M(t=>this.windows.
tell(t)),this.current=-1,this.listeners=[],this.going=""}start(){this.tall.addEventListener("change",()=>this.settle()),
window.addEventListener("hashchange",()=>this.show(this.named(),!1)),this.settle(),location.search||this.windows.tell({hello:!0})}settle(){
document.body.classList.toggle("live",!this.tall.matches),this.tall.matches||this.show(this.named(),!1,!0)}get isLive(){
return document.body.classList.contains("live")}named(){return Math.max(0,this.slides.findIndex(t=>`#${t.id}`===location.
hash))}show(t,e,i){let s=Math.max(0,Math.min(t,this.slides.length-1)),o=this.slides[s];o&&(o.classList.contains("sealed")&&
(this.sealed.open(()=>this.opened(s,e,i)),this.current>=0)||(s!==this.current&&this.turn(s,o),e&&(o.focus({preventScroll:!0}),
this.position.textContent=c(".count",HTMLElement,o).textContent),this.changed(i)))}opened(t,e,i){this.slides=h(".slide",
HTMLElement),t===this.current&&(this.current=-1),this.show(t,e,i)}turn(t,e){var s;(s=this.slides[this.current])==null||s.
classList.remove("current"),e.classList.add("current"),this.current>=0&&this.current<=t&&!this.still.matches&&!e.classList.
contains("slide-retained")&&N(e),this.current=t;try{location.hash!==`#${e.id}`&&history.replaceState(null,"",`#${e.id}`)}catch(o){}
document.body.classList.remove("black"),window.scrollTo(0,0)}by(t){this.show(this.current+t,!0)}revealAll(){let t=this.slides.
findIndex(e=>e.classList.contains("sealed"));t>=0&&this.show(t,!0)}toggleBlack(){document.body.classList.toggle("black"),
this.changed()}changed(t){for(let e of this.listeners)e(this.current,this.slides);!t&&this.isLive&&this.tell()}listen(t){
this.listeners.push(t),t(this.current,this.slides)}tell(){let t=document.body.classList.contains("black");this.windows.tell(
{at:this.current,black:t,query:location.search})}tellDecided(){this.windows.tell({decided:!0})}follow(t){if(!(!t||this.sealed.
hear(t)||!this.isLive))if("hello"in t)this.tell();else if("decided"in t)this.refresh();else if("at"in t)t.query!==location.
search?this.reach(`${location.pathname}${t.query}#s${t.at+1}`):(this.show(t.at,!1,!0),document.body.classList.toggle("bl\
ack",t.black));else return}refresh(){fetch(location.href).then(t=>{if(!t.ok)throw t;return t.text()}).then(t=>{let e=new DOMParser().
parseFromString(t,"text/html").getElementById("decided"),i=a("#decided",HTMLElement);e&&i&&(i.innerHTML=e.innerHTML)}).catch(
()=>{setTimeout(()=>this.refresh(),G)})}reach(t){this.going=t,fetch(t).then(e=>{if(!e.ok)throw e;this.going===t&&location.
replace(t)}).catch(()=>{setTimeout(()=>{this.going===t&&this.reach(t)},G)})}};var _=250;function U(n){document.body.classList.add("led"),n.listen((t,e)=>{e.forEach((s,o)=>{s.classList.toggle("upcomi\
ng",n.isLive&&o===t+1),s.inert=n.isLive&&o!==t});let i=e[t];i&&Y(i)}),c("#on",HTMLElement).addEventListener("click",()=>n.
by(1)),c("#back",HTMLElement).addEventListener("click",()=>n.by(-1)),z(),location.search&&n.tell()}function Y(n){let t=c(
"#said",HTMLElement),e=(c(".notes",HTMLElement,n).textContent||"").trim();t.textContent=e,t.classList.toggle("long",e.length>
_)}function z(){let n=c("#elapsed",HTMLElement),t=Date.now(),e=()=>{let i=Math.floor((Date.now()-t)/1e3),s=i%60;n.textContent=
`${Math.floor(i/60)}:${s<10?"0":""}${s}`};c("#restart",HTMLElement).addEventListener("click",()=>{t=Date.now(),e()}),setInterval(
e,1e3)}var Q=60,r=new T,l=a("#help",HTMLDialogElement),L="";function j(){l!=null&&l.open?l.close():l==null||l.showModal()}function Z(){
let{presenter:n}=document.body.dataset;n&&window.open(n+location.search+location.hash,r.name,"popup,width=1280,height=76\
0")}function tt(){document.body.classList.toggle("with-notes"),window.print()}var k=()=>r.by(1),w=()=>r.by(-1),et={ArrowRight:k,
ArrowDown:k,PageDown:k,ArrowLeft:w,ArrowUp:w,PageUp:w,Backspace:w,Home:()=>r.show(0,!0),End:()=>r.show(r.slides.length-1,
!0),f:O,b:()=>r.toggleBlack(),".":()=>r.toggleBlack(),r:()=>r.revealAll(),p:Z,n:tt,"?":j,h:j};function nt(n){let t=m(n).
closest("input:not([type=checkbox]), textarea, [contenteditable]");return t instanceof HTMLElement?(n.key==="Escape"&&t.
blur(),n.key!=="PageDown"&&n.key!=="PageUp"):!1}function it(n){if(C(n)||l!=null&&l.open&&n.key!=="?"||nt(n))return;let t=A(
n);if(/^\d$/.test(t)){L=(L+t).slice(-3);return}let e=st(t,n.shiftKey,m(n).closest("a, button, input")!==null);e&&(e(),L=
"",n.preventDefault())}function st(n,t,e){let i=Number(L)-1;return n==="Enter"&&L?()=>r.show(i,!0):n===" "||n==="Enter"?
e?null:n===" "&&t?w:k:et[n]||null}function ot(n){let t=m(n).closest(".foot a");t&&r.isLive&&(n.preventDefault(),r.show(r.
current+(t.classList.contains("next")?1:-1),!0))}var H;function rt(n){let t=n.changedTouches[0];if(!H||!t||!r.isLive)return;
let e=t.clientX-H.clientX,i=t.clientY-H.clientY;Math.abs(e)>Q&&Math.abs(e)>2*Math.abs(i)&&r.by(e<0?1:-1)}function ct(n){
let t=n.target;if(!(t instanceof HTMLFormElement)||!t.matches(".choices"))return;n.preventDefault(),l!=null&&l.open&&l.close();
let e=new URLSearchParams;new FormData(t).forEach((i,s)=>{e.append(s,String(i))}),r.reach(`${location.pathname}?${e}${location.
hash}`)}document.addEventListener("keydown",it);document.addEventListener("click",ot);document.addEventListener("touchst\
art",n=>{H=n.touches[0]},{passive:!0});document.addEventListener("touchend",rt,{passive:!0});document.addEventListener("\
submit",ct);r.start();a("#said",HTMLElement)&&U(r);var V=a(".deciding",HTMLElement);V&&new b(V,()=>r.tellDecided()).start();})();
