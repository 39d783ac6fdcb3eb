"use strict";(()=>{function i(e,t,o=document){let n=o.querySelector(e);return n instanceof t?n:null}function r(e,t,o=document){let n=i(e,t,
o);if(!n)throw new Error(`no ${e} in this page`);return n}function c(e,t){return e.dataset[t]||""}var a=1e4;function s(e){return e.toLocaleString(document.documentElement.lang)}function d(e,t){let o=r(".total-words",HTMLElement);
r(".total",HTMLElement).textContent=s(t.total),o.textContent=c(o,t.total<2?"one":"many");for(let n of t.colleges){let l=i(
`tr[data-college='${CSS.escape(n.college)}']`,HTMLElement,e);l&&f(l,n)}}function f(e,t){r(".count",HTMLElement,e).textContent=
s(t.count),r(".said",HTMLElement,e).textContent=t.sentence,r(".share",HTMLElement,e).textContent=t.share;let o=i("progre\
ss",HTMLProgressElement,e);o&&(o.value=Math.min(t.count,o.max))}function m(e){let t=r(".live",HTMLElement,e),o=()=>{document.
hidden||fetch(c(e,"source"),{credentials:"same-origin",redirect:"error"}).then(n=>{if(n.status===404&&location.reload(),
!n.ok)throw n;return n.json()}).then(n=>{d(e,n),t.textContent=c(t,"live")}).catch(()=>{t.textContent=c(t,"lost")})};t.textContent=
c(t,"live"),setInterval(o,a),document.addEventListener("visibilitychange",o)}var u=i("#suivi",HTMLElement);u&&m(u);})();
