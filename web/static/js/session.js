"use strict";(()=>{var I=Math.pow;function r(n,t,e=document){let s=e.querySelector(n);return s instanceof t?s:null}function d(n,t,e=document){let s=r(n,t,
e);if(!s)throw new Error(`no ${n} in this page`);return s}function l(n,t,e=document){return Array.prototype.slice.call(e.
querySelectorAll(n)).filter(i=>i instanceof t)}function L(n){return n.target instanceof Element?n.target:document.documentElement}
function a(n,t){return n.dataset[t]||""}function x(n){let{submitter:t}=n;return t instanceof HTMLButtonElement?t:null}function P(n){return n.key.length===1?n.key.toLowerCase():n.key}function B(){let n=document.documentElement;document.fullscreenElement?
document.exitFullscreen():"requestFullscreen"in n&&n.requestFullscreen()}function j(n){return n.ctrlKey||n.metaKey||n.altKey}function w(n){return n instanceof Response&&n.headers.has("Content-Security-Policy")}var T=class{constructor(t,e){this.first=
t,this.longest=e,this.delay=0}next(){return this.delay=Math.min(this.longest,this.delay?this.delay*2:this.first),this.delay}reset(){
this.delay=0}get failing(){return this.delay>0}};function R(n,t){let e=[],s=(i,o)=>{e.push(`${encodeURIComponent(i)}=${encodeURIComponent(String(o))}`)};return new FormData(
n).forEach((i,o)=>{s(o,i)}),t&&s(t.name,t.value),e.join("&")}function U(n){window.addEventListener("beforeunload",t=>{n()&&(t.preventDefault(),t.returnValue="")})}var M=class{constructor(t){this.place=t,this.html="",this.question=""}show(t,e){var h;if(this.html===e||t===this.question&&
this.isHeld)return;this.html=e,this.question=t;let s=new DOMParser().parseFromString(e,"text/html"),i=r(".reading",HTMLElement,
this.place),o=r(".reading",HTMLElement,s);i&&o?(st(i,o),this.count(((h=r("[data-count]",HTMLElement,s))==null?void 0:h.textContent)||
"")):this.place.innerHTML=e}get isHeld(){return r("details[open]",HTMLElement,this.place)!==null}count(t){let e=r("[data\
-count]",HTMLElement,this.place);e&&(e.textContent=t)}done(t){if(!t)for(let e of l("details[open]",HTMLDetailsElement,this.
place))e.open=!1;this.html="?",this.say(t)}say(t){let e=r(".problem",HTMLElement,this.place)||document.createElement("p");
e.className="problem",e.textContent=t,this.place.appendChild(e)}};function st(n,t){let e=l("li",HTMLElement,t),s=e.map(o=>a(
o,"id")),i=l("li",HTMLElement,n).map(o=>(s.indexOf(a(o,"id"))<0&&o.remove(),a(o,"id")));for(let o of e)i.indexOf(a(o,"id"))<
0&&n.appendChild(document.adoptNode(o))}var it="h2, h3, p, li, tr, dt, dd",ot=".room, .notes, .rings, .legend, form, svg, .tell, [hidden]";function W(n){var e;let t=[];
for(let s of l(`.stage :is(${it})`,HTMLElement,n)){let o=((e=s.parentElement)==null?void 0:e.closest(".stage :is(p, li, \
tr)"))===null&&!s.closest(ot)?at(s):"";o&&t.push([rt(s),o])}return t}function rt(n){return n.tagName==="H2"?"title":n.tagName===
"LI"||n.tagName==="TR"?"item":"text"}function at(n){let t=n.cloneNode(!0);for(let e of l("svg, [aria-hidden=true], title\
, button",Element,t))e.remove();for(let e of l("b, span, td, th, small, em, p",HTMLElement,t))e.insertAdjacentText("afte\
rend"," ");return(t.textContent||"").replace(/[ \t\r\n]+/g," ").trim()}var lt=400,ct=2e3,v=class{constructor(t,e){this.deck=t,this.address=e;let s=r("#room-desk",HTMLElement);this.desk=s&&new M(
s),this.state=null,this.tag=null,this.drawn={},this.empty={},this.revealing="",this.failed=[],this.place=null,this.isTelling=
!1,this.isAsking=!1,this.timer=void 0}start(){var t;this.deck.turned=()=>this.turned(),this.deck.hold=()=>this.reveal(),
(t=this.desk)==null||t.place.addEventListener("submit",e=>this.submitted(e)),document.addEventListener("visibilitychange",
()=>this.ask()),window.addEventListener("online",()=>this.ask()),this.deck.listen(()=>this.showDesk()),this.ask()}get asked(){
let t=this.deck.slides[this.deck.current],e=t&&r(".asked",HTMLElement,t);return e?a(e,"asked"):""}ask(){if(clearTimeout(
this.timer),document.hidden||this.isAsking)return;this.isAsking=!0;let t=this.tag?{"If-None-Match":this.tag}:{};fetch(`${this.
address}/etat${this.desk?"?bureau=1":""}`,{headers:t,cache:"no-store",redirect:"error"}).then(e=>{if(e.status===304)return null;
if(!e.ok||!w(e))throw e;return this.tag=e.headers.get("ETag"),e.json()}).then(e=>this.heard(e)).catch(()=>this.lost()).then(
()=>{this.isAsking=!1,this.timer=window.setTimeout(()=>this.ask(),this.asked?lt:ct)})}heard(t){if(t){let e=this.state===
null;this.state=t,this.show(t),e&&!t.begun&&this.turned()}this.tell()}lost(){this.tag=null;for(let t of l(".asked [data-\
count]",HTMLElement))t.textContent=a(document.body,"lost")}show(t){for(let e of l(".asked",HTMLElement)){let s=a(e,"aske\
d"),i=t.shown[s],o=r("[data-count]",HTMLElement,e);i&&o&&o.textContent!==i.count&&(o.textContent=i.count),this.draw(s,r(
".answers",HTMLElement,e),i?i.html:"")}this.showDesk()}draw(t,e,s){e&&(this.empty[t]=this.empty[t]||e.innerHTML,(this.drawn[t]||
"")!==s&&(this.drawn[t]=s,e.innerHTML=s||this.empty[t]||""))}showDesk(){this.desk&&this.state&&this.desk.show(this.asked,
this.state.desk[this.asked]||"")}submitted(t){var e;t.target instanceof HTMLFormElement&&(t.preventDefault(),this.send(R(
t.target,(e=x(t))!=null&&e.name?x(t):null)).then(s=>{var i;return(i=this.desk)==null?void 0:i.done(s)}).catch(()=>{var s;
return(s=this.desk)==null?void 0:s.say(a(document.body,"lost"))}))}send(t){let e={Accept:"application/json","Content-Typ\
e":"application/x-www-form-urlencoded"};return fetch(this.address,{method:"POST",headers:e,body:t,redirect:"error"}).then(
s=>{if(!s.ok&&s.status!==422||!w(s))throw s;return s.json().then(i=>(this.tag=null,this.ask(),i.problem))})}reveal(){let t=this.
asked,e=this.state!==null&&this.state.ready.indexOf(t)>=0&&this.failed.indexOf(t)<0;if(!t||!e||!this.state)return!1;if(this.
revealing!==t){this.revealing=t;let s=`do=reveal&question=${t}&csrf_token=${encodeURIComponent(this.state.token)}`;this.
send(s).then(i=>{i&&this.failed.push(t)}).catch(()=>this.failed.push(t)).then(()=>{this.revealing=""})}return!0}turned(){
let t=this.deck.slides[this.deck.current];t&&this.deck.isLive&&(this.place=JSON.stringify({asked:this.asked,lines:W(t)}),
this.tell())}tell(){let{place:t,state:e}=this;if(!t||!e||this.isTelling)return;this.isTelling=!0;let s={"Content-Type":"\
application/json","X-CSRFToken":e.token};fetch(`${this.address}/ici`,{method:"POST",headers:s,body:t,redirect:"error"}).
then(i=>{i.status===204&&this.place===t&&(this.place=null),this.tag=i.status===400?null:this.tag}).catch(()=>{}).then(()=>{
this.isTelling=!1,this.place&&this.place!==t&&this.tell()})}};function J(n){return n.trim().replace(/\r\n/g,`
`).replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g,"_").length}function H(n,t){try{return window[n].getItem(t)}catch(e){return null}}function k(n,t,e){try{e===null?window[n].removeItem(
t):window[n].setItem(t,e)}catch(s){}}var ht=1e4,S=class{constructor(t,e){this.place=t,this.onChange=e,this.form=d("#deciding",HTMLFormElement),this.field=d("\
[name=text]",HTMLInputElement,this.form),this.late=d("#late",HTMLElement),this.list=d("#waiting",HTMLElement),this.name=
`grille-decisions-${document.body.dataset.session}`,this.patience=new T(1e3,15e3),this.isSending=!1,this.timer=void 0,this.
queue=[]}start(){let t=JSON.parse(H("sessionStorage",this.name)||"{}");this.queue=t.queue||[],document.addEventListener(
"submit",e=>this.submitted(e)),this.field.addEventListener("input",()=>this.show(this.queue.length&&this.late.textContent||
"")),window.addEventListener("online",()=>{this.patience.reset(),this.send()}),U(()=>this.queue.length>0),t.typed&&!this.
field.value&&(this.field.value=t.typed),this.queue.length&&(this.show(a(this.place,"late")),this.send())}keep(){k("sessi\
onStorage",this.name,JSON.stringify({queue:this.queue,typed:this.field.value}))}show(t){this.late.textContent=t,this.list.
textContent="";for(let e of this.queue)"text"in e&&(this.list.appendChild(document.createElement("li")).textContent=e.text);
this.keep()}submitted(t){if(!this.place.contains(L(t)))return;t.preventDefault();let e=x(t);e&&e.name==="remove"?(this.queue.
push({remove:e.value}),this.keep(),this.send()):this.add(),this.field.focus()}add(){let t=this.field.value.trim(),e=J(t)-
Number(a(this.place,"longest"));if(e>0){this.show(a(this.place,"over").replace("{n}",String(e)));return}t&&(this.queue.push(
{text:t}),this.field.value=""),this.show(""),this.send()}send(){let t=this.queue[0];if(clearTimeout(this.timer),this.isSending||
!t)return;this.isSending=!0;let e=new AbortController,s=setTimeout(()=>e.abort(),ht);fetch(this.form.action,{method:"POS\
T",body:this.bodyOf(t),headers:{"X-Part":"list"},redirect:"error",signal:e.signal}).then(i=>{if(!i.ok&&i.status!==422||!w(
i))throw i;return i.text().then(o=>this.done(i.status===422,o))}).catch(i=>this.failed(i)).then(()=>{clearTimeout(s),this.
isSending=!1,this.patience.failing||this.send()})}bodyOf(t){let e=new FormData(this.form);return e.delete("text"),"text"in
t?e.set("text",t.text):e.set("remove",t.remove),e}done(t,e){let s=this.queue.shift();this.patience.reset(),d("#decided",
HTMLElement).innerHTML=e,t&&s&&"text"in s&&(this.field.value=this.field.value?`${s.text} ${this.field.value}`:s.text),this.
show(""),this.onChange()}failed(t){this.show(a(this.place,"late")),t instanceof Response&&[400,401].indexOf(t.status)>=0&&
this.renew(),this.timer=window.setTimeout(()=>this.send(),this.patience.next())}renew(){fetch(location.href).then(t=>t.text()).
then(t=>{let e=new DOMParser().parseFromString(t,"text/html"),s=r("#deciding [name=csrf_token]",HTMLInputElement,e);s?d(
"[name=csrf_token]",HTMLInputElement,this.form).value=s.value:this.show(a(this.place,"apart"))}).catch(()=>{})}};var dt=900;function F(n){return G(n.getAttribute("points")||"")}function G(n){return n.split(" ").map(t=>t.split(",").map(
Number))}function ut(n,t,e){let s=1-I(1-e,3);return n.map((o,h)=>o.map((m,u)=>{var p,g;return(m+(((g=(p=t[h])==null?void 0:
p[u])!=null?g:m)-m)*s).toFixed(1)}).join(",")).join(" ")}function K(n){let t=l(".radar-series",SVGElement,n),e=t.length/
2,[s,i,o]=[t[e-2],t[e-1],t[2*e-1]],h=s&&r("polygon",SVGPolygonElement,s),m=i?l("polygon",SVGPolygonElement,i):[],u=m[0];
if(h&&u&&o&&F(h).length===F(u).length){let p={start:F(h),written:u.getAttribute("points")||"",polygons:m,marks:o,slide:n};
o.classList.add("unborn"),requestAnimationFrame(g=>_(p,g,g))}}function _(n,t,e){let s=Math.min(1,(e-t)/dt),i=s===1||!n.slide.
classList.contains("current"),o=i?n.written:ut(n.start,G(n.written),s);for(let h of n.polygons)h.setAttribute("points",o);
i?n.marks.classList.remove("unborn"):requestAnimationFrame(h=>_(n,t,h))}var ft=2e3,O=class{constructor(t){this.tell=t,this.after=null}open(t){let e=this.after!==null;this.after=t,e||this.ask()}ask(){
let{revealed:t}=document.body.dataset;!this.after||!t||fetch(location.pathname+t).then(e=>{if(!e.ok)throw e;return e.text()}).
then(e=>this.receive(e)).catch(()=>{this.tell({wanted:!0}),setTimeout(()=>this.ask(),ft)})}receive(t){let e=new DOMParser().
parseFromString(t,"text/html");for(let i of l(".slide.sealed",HTMLElement)){let o=e.getElementById(i.id);o&&!o.classList.
contains("sealed")&&(o.classList.remove("current","upcoming"),o.removeAttribute("inert"),i.replaceWith(o))}let{after:s}=this;
s&&!document.querySelector(".slide.sealed")&&(this.after=null,s())}hear(t){if("wanted"in t){let e=l(".slide:not(.sealed)",
HTMLElement);return document.querySelector(".slide.sealed")||this.tell({given:e.map(s=>s.outerHTML).join("")}),!0}return"\
given"in t?(this.after&&this.receive(t.given),!0):!1}};var C=class{constructor(t,e){this.name=t,this.channel="BroadcastChannel"in window?new BroadcastChannel(t):null,this.channel&&
(this.channel.onmessage=s=>e(s.data)),window.addEventListener("storage",s=>{s.key===t&&s.newValue&&e(JSON.parse(s.newValue))})}tell(t){
var s;let e=Object.assign({time:Date.now()},t);(s=this.channel)==null||s.postMessage(e),k("localStorage",this.name,JSON.
stringify(e))}};var V=3e3,D=class{constructor(){this.slides=l(".slide",HTMLElement),this.position=d("#position",HTMLElement),this.tall=window.
matchMedia("(max-aspect-ratio: 1/1) and (max-width: 640px)"),this.still=window.matchMedia("(prefers-reduced-motion: redu\
ce)"),this.name=`grille-seance-${document.body.dataset.session}`,this.windows=new C(this.name,t=>this.follow(t)),this.sealed=
new O(t=>this.windows.tell(t)),this.current=-1,this.listeners=[],this.turned=()=>{},this.moved=t=>{},this.hold=()=>!1,this.
going=""}start(){this.tall.addEventListener("change",()=>this.settle()),window.addEventListener("hashchange",()=>this.show(
this.named(),!1)),this.settle(),/^(\?repetition=1)?$/.test(location.search)&&this.windows.tell({hello:!0})}settle(){let t=this.
tall.matches&&!r("#desk",HTMLElement);document.body.classList.toggle("live",!t),t||this.show(this.named(),!1,!0)}get isLive(){
return document.body.classList.contains("live")}named(){return Math.max(0,this.slides.findIndex(t=>`#${t.id}`===location.
hash))}show(t,e,s){let i=Math.max(0,Math.min(t,this.slides.length-1)),o=this.slides[i];o&&(o.classList.contains("sealed")&&
(this.sealed.open(()=>this.opened(i,e,s)),this.current>=0)||(i!==this.current&&this.turn(i,o),e&&(o.focus({preventScroll:!0}),
this.position.textContent=d(".count",HTMLElement,o).textContent),this.changed(s)))}opened(t,e,s){this.slides=l(".slide",
HTMLElement),t===this.current&&(this.current=-1),this.show(t,e,s)}turn(t,e){var i;(i=this.slides[this.current])==null||i.
classList.remove("current"),e.classList.add("current"),this.current>=0&&this.current<=t&&!this.still.matches&&!e.classList.
contains("slide-retained")&&K(e),this.current=t;try{location.hash!==`#${e.id}`&&history.replaceState(null,"",`#${e.id}`)}catch(o){}
document.body.classList.remove("black"),window.scrollTo(0,0)}by(t){(t<0||!this.hold())&&this.show(this.current+t,!0)}revealAll(){
if(this.hold())return;let t=this.slides.findIndex(e=>e.classList.contains("sealed"));t>=0&&this.show(t,!0)}toggleBlack(){
document.body.classList.toggle("black"),this.changed()}changed(t){for(let e of this.listeners)e(this.current,this.slides);
!t&&this.isLive&&(this.tell(),this.turned()),this.isLive&&this.moved(!!t)}listen(t){this.listeners.push(t),t(this.current,
this.slides)}tell(){this.windows.tell(this.place())}place(){return{at:this.current,black:document.body.classList.contains(
"black"),query:location.search}}tellDecided(){this.windows.tell({decided:!0})}follow(t){if(!(!t||this.sealed.hear(t)||!this.
isLive))if("hello"in t)this.tell();else if("decided"in t)this.refresh();else if("at"in t)t.query!==location.search?this.
reach(`${location.pathname}${t.query}#s${t.at+1}`):(this.show(t.at,!1,!0),document.body.classList.toggle("black",t.black));else
return}refresh(){fetch(location.href).then(t=>{if(!t.ok)throw t;return t.text()}).then(t=>{let e=new DOMParser().parseFromString(
t,"text/html").getElementById("decided"),s=r("#decided",HTMLElement);e&&s&&(s.innerHTML=e.innerHTML)}).catch(()=>{setTimeout(
()=>this.refresh(),V)})}reach(t){this.going=t,fetch(t).then(e=>{if(!e.ok)throw e;this.going===t&&location.replace(t)}).catch(
()=>{setTimeout(()=>{this.going===t&&this.reach(t)},V)})}};var mt=500,pt=5e3,gt=1200,$=class{constructor(t,e){this.deck=t,this.address=e,this.button=r("#link",HTMLButtonElement),this.
isLinked=!1,this.isEnding=!1,this.token="",this.tag=null,this.waiting=0,this.moved=0,this.isBusy=!1,this.timer=void 0}start(){
var t;this.deck.moved=e=>this.noted(e),(t=this.button)==null||t.addEventListener("click",()=>this.pressed()),document.addEventListener(
"visibilitychange",()=>this.ask()),window.addEventListener("online",()=>this.ask()),this.ask()}noted(t){this.moved=Date.
now(),!t&&this.isLinked&&(this.waiting=this.moved,this.ask())}pressed(){this.isEnding=this.isLinked,this.waiting=Date.now(),
this.ask()}ask(){if(clearTimeout(this.timer),this.isBusy||document.hidden&&!this.waiting)return;this.isBusy=!0;let{waiting:t}=this;
this.request().then(e=>{if(e.status===304)return null;if(!e.ok||!w(e))throw this.token=e.status===400?"":this.token,e;return this.
tag=e.headers.get("ETag"),e.json()}).then(e=>{this.waiting===t&&(this.token||!t)&&(this.waiting=0),this.heard(e)}).catch(
()=>{this.tag=null}).then(()=>{this.isBusy=!1;let e=this.waiting>0&&this.token!==""&&this.tag!==null;this.timer=window.setTimeout(
()=>this.ask(),e?0:this.isLinked?mt:pt)})}request(){if(!this.waiting||!this.token){let i=this.tag?{"If-None-Match":this.
tag}:{};return fetch(this.address,{headers:i,cache:"no-store",redirect:"error"})}let t={"Content-Type":"application/json",
"X-CSRFToken":this.token},e={ago:Math.max(0,Date.now()-this.waiting),end:this.isEnding},s=JSON.stringify(Object.assign(e,
this.deck.place()));return fetch(this.address,{method:"POST",headers:t,body:s,redirect:"error"})}heard(t){if(!t)return;this.
token=t.token;let e=this.isLinked;this.isLinked=t.place!==null,this.say(),t.place&&this.follow(t.place,e)}say(){let{button:t}=this,
e=r("#linked",HTMLElement);t&&e&&(t.dataset.off=t.dataset.off||t.textContent||"",t.textContent=a(t,this.isLinked?"on":"o\
ff"),e.textContent=this.isLinked?a(e,"how"):"")}follow(t,e){if(this.waiting||e&&Date.now()-this.moved<gt){this.tag=null;
return}let s=this.deck.place();(s.at!==t.at||s.black!==t.black||s.query!==t.query)&&this.deck.follow(t)}};function N(n){return{begun:n,part:-1,since:n,spent:{}}}function X(n,t,e){if(t===n.part)return n;let s=Object.assign({},n.
spent);return s[n.part]=(s[n.part]||0)+e-n.since,{begun:n.begun,part:t,since:e,spent:s}}function Q(n,t,e){let s=Math.floor(
((n.spent[n.part]||0)+e-n.since)/6e4),i=(t[n.part]||0)-s,o=t.slice(n.part+1).reduce((h,m)=>h+m,0);return{part:s,left:i,evening:Math.
max(i,0)+o}}function y(n){let t=n%60,e=Math.floor(n/60);return e>0?`${e} h ${t<10?"0":""}${t}`:`${n} min`}function Y(n){
try{let t=JSON.parse(n);return t&&typeof t.begun=="number"&&typeof t.since=="number"&&t.spent&&typeof t.part=="number"?t:
null}catch(t){return null}}var wt=250;function z(n){document.body.classList.add("led"),n.listen((t,e)=>{e.forEach((i,o)=>{i.classList.toggle("upcom\
ing",n.isLive&&o===t+1),i.inert=n.isLive&&o!==t});let s=e[t];s&&Lt(s);for(let i of l("[data-title]",HTMLElement)){let o=e[t+
Number(a(i,"title"))];i.textContent=o?o.getAttribute("aria-label"):""}}),d("#on",HTMLElement).addEventListener("click",()=>n.
by(1)),d("#back",HTMLElement).addEventListener("click",()=>n.by(-1)),kt(n),location.search&&n.tell()}function Lt(n){let t=d(
"#said",HTMLElement),e=(d(".notes",HTMLElement,n).textContent||"").trim();t.textContent=e,t.classList.toggle("long",e.length>
wt)}function kt(n){let t=d("#elapsed",HTMLElement),e=l("#plan li",HTMLElement),s=e.map(u=>Number(a(u,"minutes"))),i=`${n.
name}-clock`,o=Y(H("sessionStorage",i)||"")||N(Date.now()),h=()=>{let u=Math.floor((Date.now()-o.begun)/1e3),p=u%60;t.textContent=
`${Math.floor(u/60)}:${p<10?"0":""}${p}`,xt(e[o.part],s[o.part]||0,Q(o,s,Date.now()))},m=()=>{let u=a(n.slides[n.current]||
document.body,"key"),p=e.findIndex(g=>a(g,"slides").split(",").indexOf(u)>=0);o=X(o,p,Date.now()),k("sessionStorage",i,JSON.
stringify(o)),h()};d("#restart",HTMLElement).addEventListener("click",()=>{o=N(Date.now()),m()}),n.listen(m),setInterval(
h,1e3)}function xt(n,t,e){let s=d("#remaining",HTMLElement),i=n?a(s,e.left<0?"over":"part"):"",o={part:n&&n.textContent||
"",spent:y(e.part),planned:y(t),left:y(Math.abs(e.left)),evening:y(e.evening)},h=i.replace(/\{(\w+)\}/g,(m,u)=>o[u]);s.textContent!==
h&&(s.textContent=h),s.classList.toggle("late",e.left<0)}var yt=60,c=new D,f=r("#help",HTMLDialogElement),b="";function Z(){f!=null&&f.open?f.close():f==null||f.showModal()}function Et(){
let{presenter:n}=document.body.dataset;n&&window.open(n+location.search+location.hash,c.name,"popup,width=1280,height=76\
0")}function bt(){document.body.classList.toggle("with-notes"),window.print()}var q=()=>c.by(1),E=()=>c.by(-1),Tt={ArrowRight:q,
ArrowDown:q,PageDown:q,ArrowLeft:E,ArrowUp:E,PageUp:E,Backspace:E,Home:()=>c.show(0,!0),End:()=>c.show(c.slides.length-1,
!0),f:B,b:()=>c.toggleBlack(),".":()=>c.toggleBlack(),r:()=>c.revealAll(),p:Et,n:bt,"?":Z,h:Z};function Mt(n){let t=L(n).
closest("input:not([type=checkbox]), textarea, [contenteditable]");return t instanceof HTMLElement?(n.key==="Escape"&&t.
blur(),n.key!=="PageDown"&&n.key!=="PageUp"):!1}function vt(n){if(j(n)||f!=null&&f.open&&n.key!=="?"||Mt(n))return;let t=P(
n);if(/^\d$/.test(t)){b=(b+t).slice(-3);return}let e=Ht(t,n.shiftKey,L(n).closest("a, button, input")!==null);e&&(e(),b=
"",n.preventDefault())}function Ht(n,t,e){let s=Number(b)-1;return n==="Enter"&&b?()=>c.show(s,!0):n===" "||n==="Enter"?
e?null:n===" "&&t?E:q:Tt[n]||null}function St(n){let t=L(n).closest(".foot a");t&&c.isLive&&(n.preventDefault(),c.show(c.
current+(t.classList.contains("next")?1:-1),!0))}var A;function Ot(n){let t=n.changedTouches[0];if(!A||!t||!c.isLive)return;
let e=t.clientX-A.clientX,s=t.clientY-A.clientY;Math.abs(e)>yt&&Math.abs(e)>2*Math.abs(s)&&c.by(e<0?1:-1)}function Ct(n){
let t=n.target;if(!(t instanceof HTMLFormElement)||!t.matches(".choices"))return;n.preventDefault(),f!=null&&f.open&&f.close();
let e=new URLSearchParams;new FormData(t).forEach((s,i)=>{e.append(i,String(s))}),c.reach(`${location.pathname}?${e}${location.
hash}`)}document.addEventListener("keydown",vt);document.addEventListener("click",St);document.addEventListener("touchst\
art",n=>{A=n.touches[0]},{passive:!0});document.addEventListener("touchend",Ot,{passive:!0});document.addEventListener("\
submit",Ct);c.start();r("#said",HTMLElement)&&z(c);var{audience:tt,place:et}=document.body.dataset;tt&&new v(c,tt).start();
et&&new $(c,et).start();var nt=r(".deciding",HTMLElement);nt&&new S(nt,()=>c.tellDecided()).start();})();
