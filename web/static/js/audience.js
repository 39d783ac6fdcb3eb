"use strict";(()=>{function p(o){return o instanceof Response&&o.headers.has("Content-Security-Policy")}var m=class{constructor(t,e){this.first=
t,this.longest=e,this.delay=0}next(){return this.delay=Math.min(this.longest,this.delay?this.delay*2:this.first),this.delay}reset(){
this.delay=0}get failing(){return this.delay>0}};function r(o,t,e=document){let n=e.querySelector(o);return n instanceof t?n:null}function l(o,t,e=document){let n=r(o,t,
e);if(!n)throw new Error(`no ${o} in this page`);return n}function u(o,t,e=document){return Array.prototype.slice.call(e.
querySelectorAll(o)).filter(s=>s instanceof t)}function i(o,t){return o.dataset[t]||""}function x(o,t){let e=[],n=(s,a)=>{e.push(`${encodeURIComponent(s)}=${encodeURIComponent(String(a))}`)};return new FormData(
o).forEach((s,a)=>{n(a,s)}),t&&n(t.name,t.value),e.join("&")}function y(o,t){return fetch(o,{method:"POST",headers:{Accept:"\
application/json","Content-Type":"application/x-www-form-urlencoded"},body:t,credentials:"same-origin"})}function E(o,t){try{return window[o].getItem(t)}catch(e){return null}}function h(o,t,e){try{e===null?window[o].removeItem(
t):window[o].setItem(t,e)}catch(n){}}function T(o,t){let e=r(".shares",HTMLElement,t);if(e)for(let n of u("input",HTMLInputElement,e))O(o,n);t.addEventListener(
"input",()=>v(o,t)),v(o,t)}function O(o,t){var c;let e=t.parentElement,n=(((c=r("label",HTMLElement,e||void 0))==null?void 0:
c.textContent)||"").trim(),s=(f,A,B)=>{let d=document.createElement("button");return d.type="button",d.className="button\
 quiet step-by",d.dataset.by=String(f),d.textContent=A,d.setAttribute("aria-label",i(o,B).replace("{it}",n)),d.addEventListener(
"click",()=>{t.value=String(Number(t.value||0)+f),t.dispatchEvent(new Event("input",{bubbles:!0}))}),d},a=document.createElement(
"span");a.className="stepper",t.before(a),a.append(s(-1,"−","less"),t,s(1,"+","more")),t.readOnly=!0}function v(o,t){let e=l(
".foot .next",HTMLButtonElement,t);e.dataset.words=e.dataset.words||e.textContent||"";let n=r("input[type=radio]:checked\
 + label",HTMLElement,t),s=r(".shares",HTMLElement,t);n&&(e.textContent=i(o,"send").replace("{it}",(n.textContent||"").trim())),
s&&D(o,t,s)}function D(o,t,e){var a;let n=u("input",HTMLInputElement,e),s=Number(i(e,"points"))-n.reduce((c,f)=>c+Number(
f.value||0),0);l(".left",HTMLElement,t).textContent=i(o,"left").replace("{n}",String(s));for(let c of u(".step-by",HTMLButtonElement,
e)){let f=Number(((a=r("input",HTMLInputElement,c.parentElement||void 0))==null?void 0:a.value)||0);c.disabled=c.dataset.
by==="1"?s<=0:f<=0}}function k(o,t){return`grille-salle-${o}-${t}`}function g(o,t){return JSON.parse(E("localStorage",k(o,t))||"null")}function L(o,t,e){
h("localStorage",k(o,t),e?JSON.stringify(e):null)}function M(o,t){new URLSearchParams(t).forEach((e,n)=>{let s=o.elements.
namedItem(n);n!=="csrf_token"&&(s instanceof RadioNodeList||s instanceof HTMLInputElement&&s.type!=="checkbox")&&(s.value=
e)})}var $=2e3;function b(o){return`grille-salle-${o}`}var w=class{constructor(t){this.page=t,this.code=i(t,"room"),this.version=
i(t,"version"),this.patience=new m(1e3,8e3),this.isSending=!1,this.isAsking=!1,this.timer=void 0,this.again=void 0}start(){
i(this.page,"ended")?h("localStorage",b(this.code),null):h("localStorage",b(this.code),location.pathname),this.ready(),document.
addEventListener("visibilitychange",()=>this.back()),window.addEventListener("online",()=>this.back()),this.later()}later(){
clearTimeout(this.timer),this.timer=window.setTimeout(()=>this.ask(),$*(.75+Math.random()/2))}back(){this.patience.reset(),
this.send(),this.ask()}get asked(){return i(this.page,"asked")}ready(){let t=r(".refresh",HTMLElement);t&&(t.hidden=!0);
let e=r("#reponse",HTMLFormElement);if(!e)return;let n=g(this.code,this.asked);n&&M(e,n.body),T(this.page,e),e.addEventListener(
"input",()=>this.keep(e,!1)),e.addEventListener("submit",s=>{s.preventDefault(),this.keep(e,!0),this.patience.reset(),this.
send()}),n!=null&&n.isWanted&&this.send()}keep(t,e){L(this.code,this.asked,{body:x(t),isWanted:e})}say(t,e){let n=r(".fo\
ot .status",HTMLElement);n&&(n.textContent=t,n.className=e?"status waiting":"status")}send(){clearTimeout(this.again);let t=this.
asked,e=t?g(this.code,t):null;!(e!=null&&e.isWanted)||this.isSending||(this.isSending=!0,this.say(i(this.page,"saving"),
!0),y(location.pathname,this.withToken(e.body)).then(n=>{if(!p(n)||n.status>=500||n.status===429)throw n;return n.json()}).
then(n=>{this.isSending=!1,this.answered(t,e.body,n)}).catch(()=>{this.isSending=!1,this.say(i(this.page,"unsaved"),!0),
this.again=window.setTimeout(()=>this.send(),this.patience.next())}))}withToken(t){let e=r("#reponse [name=csrf_token]",
HTMLInputElement),n=new URLSearchParams(t);return e&&n.set("csrf_token",e.value),n.toString()}answered(t,e,n){this.patience.
reset();let s=g(this.code,t),a=(s==null?void 0:s.body)===e;if(s&&a&&L(this.code,t,n.problems.length?{body:e,isWanted:!1}:
null),t===this.asked){l("#problemes",HTMLElement).textContent=n.problems.join(" ");let c=r(".nobody",HTMLElement);c&&n.problems.
length&&(c.hidden=!1),this.say(n.status,n.problems.length>0)}a||this.send()}ask(){if(document.hidden||this.isAsking){this.
later();return}this.isAsking=!0;let t={"If-None-Match":`"${this.version}"`};fetch(i(this.page,"state"),{headers:t,cache:"\
no-store",credentials:"same-origin"}).then(e=>{if(!p(e)||e.status>=400)throw e;return this.sayLost(""),e.status===304?null:
this.follow()}).catch(()=>this.sayLost(i(this.page,"lost"))).then(()=>{this.isAsking=!1,this.later()})}sayLost(t){let e=r(
".lost",HTMLElement);e&&e.textContent!==t&&(e.textContent=t)}follow(){return fetch(location.pathname,{cache:"no-store",credentials:"\
same-origin"}).then(t=>{if(!p(t)||t.status>=500)throw t;return t.text()}).then(t=>{let e=new DOMParser().parseFromString(
t,"text/html"),n=e.getElementById("salle");if(!n)throw new Error("another page");this.version=i(n,"version"),(!i(n,"aske\
d")||i(n,"asked")!==this.asked)&&this.swap(e,document.adoptNode(n))})}swap(t,e){document.title=t.title,document.body.className=
t.body.className,this.page.replaceWith(e),this.page=e,window.scrollTo(0,0),l("#contenu",HTMLElement).focus({preventScroll:!0}),
this.ready()}};function S(){return"fetch"in window&&"FormData"in window&&"forEach"in FormData.prototype}var H=[100,125,150,200];function R(o){let t=E("localStorage",b(i(o,"room")));if(t){l("a",HTMLAnchorElement,o).href=t,o.hidden=
!1;let e=l("#depart button",HTMLButtonElement);e.textContent=i(o,"second"),e.classList.add("quiet")}}function z(o){let t=0,
e=u("button",HTMLButtonElement,o),n=s=>{t+=s,document.documentElement.style.fontSize=`${H[t]}%`;for(let a of e)a.disabled=
H[t+Number(i(a,"size"))]===void 0};for(let s of e)s.addEventListener("click",()=>n(Number(i(s,"size"))));n(0),o.hidden=!1}
var C=r(".again",HTMLElement),I=r("#salle",HTMLElement),N=r(".sizes",HTMLElement);N&&z(N);C&&R(C);I&&S()&&new w(I).start();})();
