"use strict";(()=>{var S=Math.pow;function l(e,t,n=document){let i=n.querySelector(e);return i instanceof t?i:null}function c(e,t,n=document){let i=l(e,t,
n);if(!i)throw new Error(`no ${e} in this page`);return i}function u(e,t,n=document){return Array.prototype.slice.call(n.
querySelectorAll(e)).filter(s=>s instanceof t)}function m(e){return e.target instanceof Element?e.target:document.documentElement}
function d(e,t){return e.dataset[t]||""}function D(e){let{submitter:t}=e;return t instanceof HTMLButtonElement?t:null}function O(e){return e.key.length===1?e.key.toLowerCase():e.key}function C(){let e=document.documentElement;document.fullscreenElement?
document.exitFullscreen():"requestFullscreen"in e&&e.requestFullscreen()}function q(e){return e.ctrlKey||e.metaKey||e.altKey}function F(e){return e instanceof Response&&e.headers.has("Content-Security-Policy")}var y=class{constructor(t,n){this.first=
t,this.longest=n,this.delay=0}next(){return this.delay=Math.min(this.longest,this.delay?this.delay*2:this.first),this.delay}reset(){
this.delay=0}get failing(){return this.delay>0}};function A(e){window.addEventListener("beforeunload",t=>{e()&&(t.preventDefault(),t.returnValue="")})}function $(e){return e.trim().replace(/\r\n/g,`
`).replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g,"_").length}function I(e,t){try{return window[e].getItem(t)}catch(n){return null}}function E(e,t,n){try{n===null?window[e].removeItem(
t):window[e].setItem(t,n)}catch(i){}}var j=1e4,b=class{constructor(t,n){this.place=t,this.onChange=n,this.form=c("#deciding",HTMLFormElement),this.field=c("[\
name=text]",HTMLInputElement,this.form),this.late=c("#late",HTMLElement),this.list=c("#waiting",HTMLElement),this.name=`\
grille-decisions-${document.body.dataset.session}`,this.patience=new y(1e3,15e3),this.isSending=!1,this.timer=void 0,this.
queue=[]}start(){let t=JSON.parse(I("sessionStorage",this.name)||"{}");this.queue=t.queue||[],document.addEventListener(
"submit",n=>this.submitted(n)),this.field.addEventListener("input",()=>this.show(this.queue.length&&this.late.textContent||
"")),window.addEventListener("online",()=>{this.patience.reset(),this.send()}),A(()=>this.queue.length>0),t.typed&&!this.
field.value&&(this.field.value=t.typed),this.queue.length&&(this.show(d(this.place,"late")),this.send())}keep(){E("sessi\
onStorage",this.name,JSON.stringify({queue:this.queue,typed:this.field.value}))}show(t){this.late.textContent=t,this.list.
textContent="";for(let n of this.queue)"text"in n&&(this.list.appendChild(document.createElement("li")).textContent=n.text);
this.keep()}submitted(t){if(!this.place.contains(m(t)))return;t.preventDefault();let n=D(t);n&&n.name==="remove"?(this.queue.
push({remove:n.value}),this.keep(),this.send()):this.add(),this.field.focus()}add(){let t=this.field.value.trim(),n=$(t)-
Number(d(this.place,"longest"));if(n>0){this.show(d(this.place,"over").replace("{n}",String(n)));return}t&&(this.queue.push(
{text:t}),this.field.value=""),this.show(""),this.send()}send(){let t=this.queue[0];if(clearTimeout(this.timer),this.isSending||
!t)return;this.isSending=!0;let n=new AbortController,i=setTimeout(()=>n.abort(),j);fetch(this.form.action,{method:"POST",
body:this.bodyOf(t),headers:{"X-Part":"list"},redirect:"error",signal:n.signal}).then(s=>{if(!s.ok&&s.status!==422||!F(s))
throw s;return s.text().then(r=>this.done(s.status===422,r))}).catch(s=>this.failed(s)).then(()=>{clearTimeout(i),this.isSending=
!1,this.patience.failing||this.send()})}bodyOf(t){let n=new FormData(this.form);return n.delete("text"),"text"in t?n.set(
"text",t.text):n.set("remove",t.remove),n}done(t,n){let i=this.queue.shift();this.patience.reset(),c("#decided",HTMLElement).
innerHTML=n,t&&i&&"text"in i&&(this.field.value=this.field.value?`${i.text} ${this.field.value}`:i.text),this.show(""),this.
onChange()}failed(t){this.show(d(this.place,"late")),t instanceof Response&&[400,401].indexOf(t.status)>=0&&this.renew(),
this.timer=window.setTimeout(()=>this.send(),this.patience.next())}renew(){fetch(location.href).then(t=>t.text()).then(t=>{
let n=new DOMParser().parseFromString(t,"text/html"),i=l("#deciding [name=csrf_token]",HTMLInputElement,n);i?c("[name=cs\
rf_token]",HTMLInputElement,this.form).value=i.value:this.show(d(this.place,"apart"))}).catch(()=>{})}};var J=900;function H(e){return P(e.getAttribute("points")||"")}function P(e){return e.split(" ").map(t=>t.split(",").map(
Number))}function K(e,t,n){let i=1-S(1-n,3);return e.map((r,h)=>r.map((f,p)=>{var x,g;return(f+(((g=(x=t[h])==null?void 0:
x[p])!=null?g:f)-f)*i).toFixed(1)}).join(",")).join(" ")}function B(e){let t=u(".radar-series",SVGElement,e),n=t.length/
2,[i,s,r]=[t[n-2],t[n-1],t[2*n-1]],h=i&&l("polygon",SVGPolygonElement,i),f=s?u("polygon",SVGPolygonElement,s):[],p=f[0];
if(h&&p&&r&&H(h).length===H(p).length){let x={start:H(h),written:p.getAttribute("points")||"",polygons:f,marks:r,slide:e};
r.classList.add("unborn"),requestAnimationFrame(g=>N(x,g,g))}}function N(e,t,n){let i=Math.min(1,(n-t)/J),s=i===1||!e.slide.
classList.contains("current"),r=s?e.written:K(e.start,P(e.written),i);for(let h of e.polygons)h.setAttribute("points",r);
s?e.marks.classList.remove("unborn"):requestAnimationFrame(h=>N(e,t,h))}var M=class{constructor(t,n){this.name=t,this.channel="BroadcastChannel"in window?new BroadcastChannel(t):null,this.channel&&
(this.channel.onmessage=i=>n(i.data)),window.addEventListener("storage",i=>{i.key===t&&i.newValue&&n(JSON.parse(i.newValue))})}tell(t){
var i;let n=Object.assign({time:Date.now()},t);(i=this.channel)==null||i.postMessage(n),E("localStorage",this.name,JSON.
stringify(n))}};var R=3e3,v=class{constructor(){this.slides=u(".slide",HTMLElement),this.position=c("#position",HTMLElement),this.tall=window.
matchMedia("(max-aspect-ratio: 1/1)"),this.still=window.matchMedia("(prefers-reduced-motion: reduce)"),this.name=`grille\
-seance-${document.body.dataset.session}`,this.windows=new M(this.name,t=>this.follow(t)),this.current=-1,this.listeners=
[],this.going=""}start(){for(let t of u(".moves li",HTMLElement))t.classList.add("waiting");this.tall.addEventListener("\
change",()=>this.settle()),window.addEventListener("hashchange",()=>this.show(this.named(),!1)),this.settle()}settle(){document.
body.classList.toggle("live",!this.tall.matches),this.tall.matches||this.show(this.named(),!1,!0)}get isLive(){return document.
body.classList.contains("live")}named(){return Math.max(0,this.slides.findIndex(t=>`#${t.id}`===location.hash))}waiting(){
let t=this.slides[this.current];return t?u(".waiting",HTMLElement,t):[]}revealAll(){this.reveal(this.waiting().length),this.
changed()}reveal(t){for(let n of this.waiting().slice(0,Math.max(0,t)))n.classList.remove("waiting")}show(t,n,i){let s=Math.
max(0,Math.min(t,this.slides.length-1)),r=this.slides[s];r&&(s!==this.current&&this.turn(s,r),n&&(r.focus({preventScroll:!0}),
this.position.textContent=c(".count",HTMLElement,r).textContent),this.changed(i))}turn(t,n){var s;(s=this.slides[this.current])==
null||s.classList.remove("current"),n.classList.add("current"),this.current>=0&&this.current<=t&&!this.still.matches&&!n.
classList.contains("slide-retained")&&B(n),this.current=t;try{location.hash!==`#${n.id}`&&history.replaceState(null,"",`\
#${n.id}`)}catch(r){}document.body.classList.remove("black"),window.scrollTo(0,0)}by(t){t>0&&this.waiting().length?(this.
reveal(1),this.changed()):this.show(this.current+t,!0)}toggleBlack(){document.body.classList.toggle("black"),this.changed()}changed(t){
for(let n of this.listeners)n(this.current,this.slides);!t&&this.isLive&&this.tell()}listen(t){this.listeners.push(t),t(
this.current,this.slides)}tell(){let t=document.body.classList.contains("black");this.windows.tell({at:this.current,left:this.
waiting().length,black:t,query:location.search})}tellDecided(){this.windows.tell({decided:!0})}follow(t){!t||!this.isLive||
("decided"in t?this.refresh():t.query!==location.search?this.reach(`${location.pathname}${t.query}#s${t.at+1}`):(this.show(
t.at,!1,!0),this.reveal(this.waiting().length-t.left),document.body.classList.toggle("black",t.black)))}refresh(){fetch(
location.href).then(t=>{if(!t.ok)throw t;return t.text()}).then(t=>{let n=new DOMParser().parseFromString(t,"text/html").
getElementById("decided"),i=l("#decided",HTMLElement);n&&i&&(i.innerHTML=n.innerHTML)}).catch(()=>{setTimeout(()=>this.refresh(),
R)})}reach(t){this.going=t,fetch(t).then(n=>{if(!n.ok)throw n;this.going===t&&location.replace(t)}).catch(()=>{setTimeout(
()=>{this.going===t&&this.reach(t)},R)})}};var W=250;function U(e){document.body.classList.add("led"),e.listen((t,n)=>{n.forEach((s,r)=>{s.classList.toggle("upcomi\
ng",e.isLive&&r===t+1),s.inert=e.isLive&&r!==t});let i=n[t];i&&X(i)}),c("#on",HTMLElement).addEventListener("click",()=>e.
by(1)),c("#back",HTMLElement).addEventListener("click",()=>e.by(-1)),_(),location.search&&e.tell()}function X(e){let t=c(
"#said",HTMLElement),n=(c(".notes",HTMLElement,e).textContent||"").trim();t.textContent=n,t.classList.toggle("long",n.length>
W)}function _(){let e=c("#elapsed",HTMLElement),t=Date.now(),n=()=>{let i=Math.floor((Date.now()-t)/1e3),s=i%60;e.textContent=
`${Math.floor(i/60)}:${s<10?"0":""}${s}`};c("#restart",HTMLElement).addEventListener("click",()=>{t=Date.now(),n()}),setInterval(
n,1e3)}var Y=60,o=new v,a=l("#help",HTMLDialogElement),L="";function G(){a!=null&&a.open?a.close():a==null||a.showModal()}function z(){
let{presenter:e}=document.body.dataset;e&&window.open(e+location.search+location.hash,o.name,"popup,width=1280,height=76\
0")}function Q(){document.body.classList.toggle("with-notes"),window.print()}var T=()=>o.by(1),w=()=>o.by(-1),Z={ArrowRight:T,
ArrowDown:T,PageDown:T,ArrowLeft:w,ArrowUp:w,PageUp:w,Backspace:w,Home:()=>o.show(0,!0),End:()=>o.show(o.slides.length-1,
!0),f:C,b:()=>o.toggleBlack(),".":()=>o.toggleBlack(),r:()=>o.revealAll(),p:z,n:Q,"?":G,h:G};function tt(e){let t=m(e).closest(
"input:not([type=checkbox]), textarea, [contenteditable]");return t instanceof HTMLElement?(e.key==="Escape"&&t.blur(),e.
key!=="PageDown"&&e.key!=="PageUp"):!1}function et(e){if(q(e)||a!=null&&a.open&&e.key!=="?"||tt(e))return;let t=O(e);if(/^\d$/.
test(t)){L=(L+t).slice(-3);return}let n=nt(t,e.shiftKey,m(e).closest("a, button, input")!==null);n&&(n(),L="",e.preventDefault())}
function nt(e,t,n){let i=Number(L)-1;return e==="Enter"&&L?()=>o.show(i,!0):e===" "||e==="Enter"?n?null:e===" "&&t?w:T:Z[e]||
null}function it(e){let t=m(e).closest(".foot a");t&&o.isLive&&(e.preventDefault(),o.show(o.current+(t.classList.contains(
"next")?1:-1),!0))}var k;function st(e){let t=e.changedTouches[0];if(!k||!t||!o.isLive)return;let n=t.clientX-k.clientX,
i=t.clientY-k.clientY;Math.abs(n)>Y&&Math.abs(n)>2*Math.abs(i)&&o.by(n<0?1:-1)}function ot(e){let t=e.target;if(!(t instanceof
HTMLFormElement)||!t.matches(".choices"))return;e.preventDefault(),a!=null&&a.open&&a.close();let n=new URLSearchParams;
new FormData(t).forEach((i,s)=>{n.append(s,String(i))}),o.reach(`${location.pathname}?${n}${location.hash}`)}document.addEventListener(
"keydown",et);document.addEventListener("click",it);document.addEventListener("touchstart",e=>{k=e.touches[0]},{passive:!0});
document.addEventListener("touchend",st,{passive:!0});document.addEventListener("submit",ot);o.start();l("#said",HTMLElement)&&
U(o);var V=l(".deciding",HTMLElement);V&&new b(V,()=>o.tellDecided()).start();})();
