"use strict";(()=>{var N=Math.pow;function r(n,t,e=document){let s=e.querySelector(n);return s instanceof t?s:null}function d(n,t,e=document){let s=r(n,t,
e);if(!s)throw new Error(`no ${n} in this page`);return s}function a(n,t,e=document){return Array.prototype.slice.call(e.
querySelectorAll(n)).filter(i=>i instanceof t)}function w(n){return n.target instanceof Element?n.target:document.documentElement}
function l(n,t){return n.dataset[t]||""}function x(n){let{submitter:t}=n;return t instanceof HTMLButtonElement?t:null}function I(n){return n.key.length===1?n.key.toLowerCase():n.key}function P(){let n=document.documentElement;document.fullscreenElement?
document.exitFullscreen():"requestFullscreen"in n&&n.requestFullscreen()}function B(n){return n.ctrlKey||n.metaKey||n.altKey}function E(n){return n instanceof Response&&n.headers.has("Content-Security-Policy")}var T=class{constructor(t,e){this.first=
t,this.longest=e,this.delay=0}next(){return this.delay=Math.min(this.longest,this.delay?this.delay*2:this.first),this.delay}reset(){
this.delay=0}get failing(){return this.delay>0}};function R(n,t){let e=[],s=(i,o)=>{e.push(`${encodeURIComponent(i)}=${encodeURIComponent(String(o))}`)};return new FormData(
n).forEach((i,o)=>{s(o,i)}),t&&s(t.name,t.value),e.join("&")}function j(n){window.addEventListener("beforeunload",t=>{n()&&(t.preventDefault(),t.returnValue="")})}var M=class{constructor(t){this.place=t,this.html="",this.question=""}show(t,e){var c;if(this.html===e||t===this.question&&
this.isHeld)return;this.html=e,this.question=t;let s=new DOMParser().parseFromString(e,"text/html"),i=r(".reading",HTMLElement,
this.place),o=r(".reading",HTMLElement,s);i&&o?(et(i,o),this.count(((c=r("[data-count]",HTMLElement,s))==null?void 0:c.textContent)||
"")):this.place.innerHTML=e}get isHeld(){return r("details[open]",HTMLElement,this.place)!==null}count(t){let e=r("[data\
-count]",HTMLElement,this.place);e&&(e.textContent=t)}done(t){if(!t)for(let e of a("details[open]",HTMLDetailsElement,this.
place))e.open=!1;this.html="?",this.say(t)}say(t){let e=r(".problem",HTMLElement,this.place)||document.createElement("p");
e.className="problem",e.textContent=t,this.place.appendChild(e)}};function et(n,t){let e=a("li",HTMLElement,t),s=e.map(o=>l(
o,"id")),i=a("li",HTMLElement,n).map(o=>(s.indexOf(l(o,"id"))<0&&o.remove(),l(o,"id")));for(let o of e)i.indexOf(l(o,"id"))<
0&&n.appendChild(document.adoptNode(o))}var nt="h2, h3, p, li, tr, dt, dd",st=".room, .notes, .rings, .legend, form, svg, .tell, [hidden]";function U(n){var e;let t=[];
for(let s of a(`.stage :is(${nt})`,HTMLElement,n)){let o=((e=s.parentElement)==null?void 0:e.closest(".stage :is(p, li, \
tr)"))===null&&!s.closest(st)?ot(s):"";o&&t.push([it(s),o])}return t}function it(n){return n.tagName==="H2"?"title":n.tagName===
"LI"||n.tagName==="TR"?"item":"text"}function ot(n){let t=n.cloneNode(!0);for(let e of a("svg, [aria-hidden=true], title\
, button",Element,t))e.remove();for(let e of a("b, span, td, th, small, em, p",HTMLElement,t))e.insertAdjacentText("afte\
rend"," ");return(t.textContent||"").replace(/[ \t\r\n]+/g," ").trim()}var rt=400,at=2e3,v=class{constructor(t,e){this.deck=t,this.address=e;let s=r("#room-desk",HTMLElement);this.desk=s&&new M(
s),this.state=null,this.tag=null,this.drawn={},this.empty={},this.revealing="",this.failed=[],this.place=null,this.isTelling=
!1,this.isAsking=!1,this.timer=void 0}start(){var t;this.deck.turned=()=>this.turned(),this.deck.hold=()=>this.reveal(),
(t=this.desk)==null||t.place.addEventListener("submit",e=>this.submitted(e)),document.addEventListener("visibilitychange",
()=>this.ask()),window.addEventListener("online",()=>this.ask()),this.deck.listen(()=>this.showDesk()),this.ask()}get asked(){
let t=this.deck.slides[this.deck.current],e=t&&r(".asked",HTMLElement,t);return e?l(e,"asked"):""}ask(){if(clearTimeout(
this.timer),document.hidden||this.isAsking)return;this.isAsking=!0;let t=this.tag?{"If-None-Match":this.tag}:{};fetch(`${this.
address}/etat${this.desk?"?bureau=1":""}`,{headers:t,cache:"no-store",redirect:"error"}).then(e=>{if(e.status===304)return null;
if(!e.ok||!E(e))throw e;return this.tag=e.headers.get("ETag"),e.json()}).then(e=>this.heard(e)).catch(()=>this.lost()).then(
()=>{this.isAsking=!1,this.timer=window.setTimeout(()=>this.ask(),this.asked?rt:at)})}heard(t){if(t){let e=this.state===
null;this.state=t,this.show(t),e&&!t.begun&&this.turned()}this.tell()}lost(){this.tag=null;for(let t of a(".asked [data-\
count]",HTMLElement))t.textContent=l(document.body,"lost")}show(t){for(let e of a(".asked",HTMLElement)){let s=l(e,"aske\
d"),i=t.shown[s],o=r("[data-count]",HTMLElement,e);i&&o&&o.textContent!==i.count&&(o.textContent=i.count),this.draw(s,r(
".answers",HTMLElement,e),i?i.html:"")}this.showDesk()}draw(t,e,s){e&&(this.empty[t]=this.empty[t]||e.innerHTML,(this.drawn[t]||
"")!==s&&(this.drawn[t]=s,e.innerHTML=s||this.empty[t]||""))}showDesk(){this.desk&&this.state&&this.desk.show(this.asked,
this.state.desk[this.asked]||"")}submitted(t){var e;t.target instanceof HTMLFormElement&&(t.preventDefault(),this.send(R(
t.target,(e=x(t))!=null&&e.name?x(t):null)).then(s=>{var i;return(i=this.desk)==null?void 0:i.done(s)}).catch(()=>{var s;
return(s=this.desk)==null?void 0:s.say(l(document.body,"lost"))}))}send(t){let e={Accept:"application/json","Content-Typ\
e":"application/x-www-form-urlencoded"};return fetch(this.address,{method:"POST",headers:e,body:t,redirect:"error"}).then(
s=>{if(!s.ok&&s.status!==422||!E(s))throw s;return s.json().then(i=>(this.tag=null,this.ask(),i.problem))})}reveal(){let t=this.
asked,e=this.state!==null&&this.state.ready.indexOf(t)>=0&&this.failed.indexOf(t)<0;if(!t||!e||!this.state)return!1;if(this.
revealing!==t){this.revealing=t;let s=`do=reveal&question=${t}&csrf_token=${encodeURIComponent(this.state.token)}`;this.
send(s).then(i=>{i&&this.failed.push(t)}).catch(()=>this.failed.push(t)).then(()=>{this.revealing=""})}return!0}turned(){
let t=this.deck.slides[this.deck.current];t&&this.deck.isLive&&(this.place=JSON.stringify({asked:this.asked,lines:U(t)}),
this.tell())}tell(){let{place:t,state:e}=this;if(!t||!e||this.isTelling)return;this.isTelling=!0;let s={"Content-Type":"\
application/json","X-CSRFToken":e.token};fetch(`${this.address}/ici`,{method:"POST",headers:s,body:t,redirect:"error"}).
then(i=>{i.status===204&&this.place===t&&(this.place=null),this.tag=i.status===400?null:this.tag}).catch(()=>{}).then(()=>{
this.isTelling=!1,this.place&&this.place!==t&&this.tell()})}};function W(n){return n.trim().replace(/\r\n/g,`
`).replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g,"_").length}function H(n,t){try{return window[n].getItem(t)}catch(e){return null}}function L(n,t,e){try{e===null?window[n].removeItem(
t):window[n].setItem(t,e)}catch(s){}}var lt=1e4,S=class{constructor(t,e){this.place=t,this.onChange=e,this.form=d("#deciding",HTMLFormElement),this.field=d("\
[name=text]",HTMLInputElement,this.form),this.late=d("#late",HTMLElement),this.list=d("#waiting",HTMLElement),this.name=
`grille-decisions-${document.body.dataset.session}`,this.patience=new T(1e3,15e3),this.isSending=!1,this.timer=void 0,this.
queue=[]}start(){let t=JSON.parse(H("sessionStorage",this.name)||"{}");this.queue=t.queue||[],document.addEventListener(
"submit",e=>this.submitted(e)),this.field.addEventListener("input",()=>this.show(this.queue.length&&this.late.textContent||
"")),window.addEventListener("online",()=>{this.patience.reset(),this.send()}),j(()=>this.queue.length>0),t.typed&&!this.
field.value&&(this.field.value=t.typed),this.queue.length&&(this.show(l(this.place,"late")),this.send())}keep(){L("sessi\
onStorage",this.name,JSON.stringify({queue:this.queue,typed:this.field.value}))}show(t){this.late.textContent=t,this.list.
textContent="";for(let e of this.queue)"text"in e&&(this.list.appendChild(document.createElement("li")).textContent=e.text);
this.keep()}submitted(t){if(!this.place.contains(w(t)))return;t.preventDefault();let e=x(t);e&&e.name==="remove"?(this.queue.
push({remove:e.value}),this.keep(),this.send()):this.add(),this.field.focus()}add(){let t=this.field.value.trim(),e=W(t)-
Number(l(this.place,"longest"));if(e>0){this.show(l(this.place,"over").replace("{n}",String(e)));return}t&&(this.queue.push(
{text:t}),this.field.value=""),this.show(""),this.send()}send(){let t=this.queue[0];if(clearTimeout(this.timer),this.isSending||
!t)return;this.isSending=!0;let e=new AbortController,s=setTimeout(()=>e.abort(),lt);fetch(this.form.action,{method:"POS\
T",body:this.bodyOf(t),headers:{"X-Part":"list"},redirect:"error",signal:e.signal}).then(i=>{if(!i.ok&&i.status!==422||!E(
i))throw i;return i.text().then(o=>this.done(i.status===422,o))}).catch(i=>this.failed(i)).then(()=>{clearTimeout(s),this.
isSending=!1,this.patience.failing||this.send()})}bodyOf(t){let e=new FormData(this.form);return e.delete("text"),"text"in
t?e.set("text",t.text):e.set("remove",t.remove),e}done(t,e){let s=this.queue.shift();this.patience.reset(),d("#decided",
HTMLElement).innerHTML=e,t&&s&&"text"in s&&(this.field.value=this.field.value?`${s.text} ${this.field.value}`:s.text),this.
show(""),this.onChange()}failed(t){this.show(l(this.place,"late")),t instanceof Response&&[400,401].indexOf(t.status)>=0&&
this.renew(),this.timer=window.setTimeout(()=>this.send(),this.patience.next())}renew(){fetch(location.href).then(t=>t.text()).
then(t=>{let e=new DOMParser().parseFromString(t,"text/html"),s=r("#deciding [name=csrf_token]",HTMLInputElement,e);s?d(
"[name=csrf_token]",HTMLInputElement,this.form).value=s.value:this.show(l(this.place,"apart"))}).catch(()=>{})}};var ct=900;function q(n){return G(n.getAttribute("points")||"")}function G(n){return n.split(" ").map(t=>t.split(",").map(
Number))}function ht(n,t,e){let s=1-N(1-e,3);return n.map((o,c)=>o.map((m,u)=>{var p,g;return(m+(((g=(p=t[c])==null?void 0:
p[u])!=null?g:m)-m)*s).toFixed(1)}).join(",")).join(" ")}function J(n){let t=a(".radar-series",SVGElement,n),e=t.length/
2,[s,i,o]=[t[e-2],t[e-1],t[2*e-1]],c=s&&r("polygon",SVGPolygonElement,s),m=i?a("polygon",SVGPolygonElement,i):[],u=m[0];
if(c&&u&&o&&q(c).length===q(u).length){let p={start:q(c),written:u.getAttribute("points")||"",polygons:m,marks:o,slide:n};
o.classList.add("unborn"),requestAnimationFrame(g=>K(p,g,g))}}function K(n,t,e){let s=Math.min(1,(e-t)/ct),i=s===1||!n.slide.
classList.contains("current"),o=i?n.written:ht(n.start,G(n.written),s);for(let c of n.polygons)c.setAttribute("points",o);
i?n.marks.classList.remove("unborn"):requestAnimationFrame(c=>K(n,t,c))}var dt=2e3,O=class{constructor(t){this.tell=t,this.after=null}open(t){let e=this.after!==null;this.after=t,e||this.ask()}ask(){
let{revealed:t}=document.body.dataset;!this.after||!t||fetch(location.pathname+t).then(e=>{if(!e.ok)throw e;return e.text()}).
then(e=>this.receive(e)).catch(()=>{this.tell({wanted:!0}),setTimeout(()=>this.ask(),dt)})}receive(t){let e=new DOMParser().
parseFromString(t,"text/html");for(let i of a(".slide.sealed",HTMLElement)){let o=e.getElementById(i.id);o&&!o.classList.
contains("sealed")&&(o.classList.remove("current","upcoming"),o.removeAttribute("inert"),i.replaceWith(o))}let{after:s}=this;
s&&!document.querySelector(".slide.sealed")&&(this.after=null,s())}hear(t){if("wanted"in t){let e=a(".slide:not(.sealed)",
HTMLElement);return document.querySelector(".slide.sealed")||this.tell({given:e.map(s=>s.outerHTML).join("")}),!0}return"\
given"in t?(this.after&&this.receive(t.given),!0):!1}};var C=class{constructor(t,e){this.name=t,this.channel="BroadcastChannel"in window?new BroadcastChannel(t):null,this.channel&&
(this.channel.onmessage=s=>e(s.data)),window.addEventListener("storage",s=>{s.key===t&&s.newValue&&e(JSON.parse(s.newValue))})}tell(t){
var s;let e=Object.assign({time:Date.now()},t);(s=this.channel)==null||s.postMessage(e),L("localStorage",this.name,JSON.
stringify(e))}};var V=3e3,D=class{constructor(){this.slides=a(".slide",HTMLElement),this.position=d("#position",HTMLElement),this.tall=window.
matchMedia("(max-aspect-ratio: 1/1)"),this.still=window.matchMedia("(prefers-reduced-motion: reduce)"),this.name=`grille\
-seance-${document.body.dataset.session}`,this.windows=new C(this.name,t=>this.follow(t)),this.sealed=new O(t=>this.windows.
tell(t)),this.current=-1,this.listeners=[],this.turned=()=>{},this.hold=()=>!1,this.going=""}start(){this.tall.addEventListener(
"change",()=>this.settle()),window.addEventListener("hashchange",()=>this.show(this.named(),!1)),this.settle(),/^(\?repetition=1)?$/.
test(location.search)&&this.windows.tell({hello:!0})}settle(){let t=this.tall.matches&&!r("#desk",HTMLElement);document.
body.classList.toggle("live",!t),t||this.show(this.named(),!1,!0)}get isLive(){return document.body.classList.contains("\
live")}named(){return Math.max(0,this.slides.findIndex(t=>`#${t.id}`===location.hash))}show(t,e,s){let i=Math.max(0,Math.
min(t,this.slides.length-1)),o=this.slides[i];o&&(o.classList.contains("sealed")&&(this.sealed.open(()=>this.opened(i,e,
s)),this.current>=0)||(i!==this.current&&this.turn(i,o),e&&(o.focus({preventScroll:!0}),this.position.textContent=d(".co\
unt",HTMLElement,o).textContent),this.changed(s)))}opened(t,e,s){this.slides=a(".slide",HTMLElement),t===this.current&&(this.
current=-1),this.show(t,e,s)}turn(t,e){var i;(i=this.slides[this.current])==null||i.classList.remove("current"),e.classList.
add("current"),this.current>=0&&this.current<=t&&!this.still.matches&&!e.classList.contains("slide-retained")&&J(e),this.
current=t;try{location.hash!==`#${e.id}`&&history.replaceState(null,"",`#${e.id}`)}catch(o){}document.body.classList.remove(
"black"),window.scrollTo(0,0)}by(t){(t<0||!this.hold())&&this.show(this.current+t,!0)}revealAll(){if(this.hold())return;
let t=this.slides.findIndex(e=>e.classList.contains("sealed"));t>=0&&this.show(t,!0)}toggleBlack(){document.body.classList.
toggle("black"),this.changed()}changed(t){for(let e of this.listeners)e(this.current,this.slides);!t&&this.isLive&&(this.
tell(),this.turned())}listen(t){this.listeners.push(t),t(this.current,this.slides)}tell(){let t=document.body.classList.
contains("black");this.windows.tell({at:this.current,black:t,query:location.search})}tellDecided(){this.windows.tell({decided:!0})}follow(t){
if(!(!t||this.sealed.hear(t)||!this.isLive))if("hello"in t)this.tell();else if("decided"in t)this.refresh();else if("at"in
t)t.query!==location.search?this.reach(`${location.pathname}${t.query}#s${t.at+1}`):(this.show(t.at,!1,!0),document.body.
classList.toggle("black",t.black));else return}refresh(){fetch(location.href).then(t=>{if(!t.ok)throw t;return t.text()}).
then(t=>{let e=new DOMParser().parseFromString(t,"text/html").getElementById("decided"),s=r("#decided",HTMLElement);e&&s&&
(s.innerHTML=e.innerHTML)}).catch(()=>{setTimeout(()=>this.refresh(),V)})}reach(t){this.going=t,fetch(t).then(e=>{if(!e.
ok)throw e;this.going===t&&location.replace(t)}).catch(()=>{setTimeout(()=>{this.going===t&&this.reach(t)},V)})}};function F(n){return{begun:n,part:-1,since:n,spent:{}}}function _(n,t,e){if(t===n.part)return n;let s=Object.assign({},n.
spent);return s[n.part]=(s[n.part]||0)+e-n.since,{begun:n.begun,part:t,since:e,spent:s}}function X(n,t,e){let s=Math.floor(
((n.spent[n.part]||0)+e-n.since)/6e4),i=(t[n.part]||0)-s,o=t.slice(n.part+1).reduce((c,m)=>c+m,0);return{part:s,left:i,evening:Math.
max(i,0)+o}}function y(n){let t=n%60,e=Math.floor(n/60);return e>0?`${e} h ${t<10?"0":""}${t}`:`${n} min`}function Y(n){
try{let t=JSON.parse(n);return t&&typeof t.begun=="number"&&typeof t.since=="number"&&t.spent&&typeof t.part=="number"?t:
null}catch(t){return null}}var ut=250;function Q(n){document.body.classList.add("led"),n.listen((t,e)=>{e.forEach((i,o)=>{i.classList.toggle("upcom\
ing",n.isLive&&o===t+1),i.inert=n.isLive&&o!==t});let s=e[t];s&&ft(s);for(let i of a("[data-title]",HTMLElement)){let o=e[t+
Number(l(i,"title"))];i.textContent=o?o.getAttribute("aria-label"):""}}),d("#on",HTMLElement).addEventListener("click",()=>n.
by(1)),d("#back",HTMLElement).addEventListener("click",()=>n.by(-1)),mt(n),location.search&&n.tell()}function ft(n){let t=d(
"#said",HTMLElement),e=(d(".notes",HTMLElement,n).textContent||"").trim();t.textContent=e,t.classList.toggle("long",e.length>
ut)}function mt(n){let t=d("#elapsed",HTMLElement),e=a("#plan li",HTMLElement),s=e.map(u=>Number(l(u,"minutes"))),i=`${n.
name}-clock`,o=Y(H("sessionStorage",i)||"")||F(Date.now()),c=()=>{let u=Math.floor((Date.now()-o.begun)/1e3),p=u%60;t.textContent=
`${Math.floor(u/60)}:${p<10?"0":""}${p}`,pt(e[o.part],s[o.part]||0,X(o,s,Date.now()))},m=()=>{let u=l(n.slides[n.current]||
document.body,"key"),p=e.findIndex(g=>l(g,"slides").split(",").indexOf(u)>=0);o=_(o,p,Date.now()),L("sessionStorage",i,JSON.
stringify(o)),c()};d("#restart",HTMLElement).addEventListener("click",()=>{o=F(Date.now()),m()}),n.listen(m),setInterval(
c,1e3)}function pt(n,t,e){let s=d("#remaining",HTMLElement),i=n?l(s,e.left<0?"over":"part"):"",o={part:n&&n.textContent||
"",spent:y(e.part),planned:y(t),left:y(Math.abs(e.left)),evening:y(e.evening)},c=i.replace(/\{(\w+)\}/g,(m,u)=>o[u]);s.textContent!==
c&&(s.textContent=c),s.classList.toggle("late",e.left<0)}var gt=60,h=new D,f=r("#help",HTMLDialogElement),b="";function z(){f!=null&&f.open?f.close():f==null||f.showModal()}function wt(){
let{presenter:n}=document.body.dataset;n&&window.open(n+location.search+location.hash,h.name,"popup,width=1280,height=76\
0")}function Lt(){document.body.classList.toggle("with-notes"),window.print()}var $=()=>h.by(1),k=()=>h.by(-1),xt={ArrowRight:$,
ArrowDown:$,PageDown:$,ArrowLeft:k,ArrowUp:k,PageUp:k,Backspace:k,Home:()=>h.show(0,!0),End:()=>h.show(h.slides.length-1,
!0),f:P,b:()=>h.toggleBlack(),".":()=>h.toggleBlack(),r:()=>h.revealAll(),p:wt,n:Lt,"?":z,h:z};function Et(n){let t=w(n).
closest("input:not([type=checkbox]), textarea, [contenteditable]");return t instanceof HTMLElement?(n.key==="Escape"&&t.
blur(),n.key!=="PageDown"&&n.key!=="PageUp"):!1}function yt(n){if(B(n)||f!=null&&f.open&&n.key!=="?"||Et(n))return;let t=I(
n);if(/^\d$/.test(t)){b=(b+t).slice(-3);return}let e=kt(t,n.shiftKey,w(n).closest("a, button, input")!==null);e&&(e(),b=
"",n.preventDefault())}function kt(n,t,e){let s=Number(b)-1;return n==="Enter"&&b?()=>h.show(s,!0):n===" "||n==="Enter"?
e?null:n===" "&&t?k:$:xt[n]||null}function bt(n){let t=w(n).closest(".foot a");t&&h.isLive&&(n.preventDefault(),h.show(h.
current+(t.classList.contains("next")?1:-1),!0))}var A;function Tt(n){let t=n.changedTouches[0];if(!A||!t||!h.isLive)return;
let e=t.clientX-A.clientX,s=t.clientY-A.clientY;Math.abs(e)>gt&&Math.abs(e)>2*Math.abs(s)&&h.by(e<0?1:-1)}function Mt(n){
let t=n.target;if(!(t instanceof HTMLFormElement)||!t.matches(".choices"))return;n.preventDefault(),f!=null&&f.open&&f.close();
let e=new URLSearchParams;new FormData(t).forEach((s,i)=>{e.append(i,String(s))}),h.reach(`${location.pathname}?${e}${location.
hash}`)}document.addEventListener("keydown",yt);document.addEventListener("click",bt);document.addEventListener("touchst\
art",n=>{A=n.touches[0]},{passive:!0});document.addEventListener("touchend",Tt,{passive:!0});document.addEventListener("\
submit",Mt);h.start();r("#said",HTMLElement)&&Q(h);var{audience:Z}=document.body.dataset;Z&&new v(h,Z).start();var tt=r(
".deciding",HTMLElement);tt&&new S(tt,()=>h.tellDecided()).start();})();
