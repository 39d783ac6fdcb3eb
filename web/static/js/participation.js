"use strict";(()=>{function i(n,t,o=document){let e=o.querySelector(n);return e instanceof t?e:null}function r(n,t,o=document){let e=i(n,t,
o);if(!e)throw new Error(`no ${n} in this page`);return e}function c(n,t){return n.dataset[t]||""}var a=1e4;function s(n){return n.toLocaleString(document.documentElement.lang)}function d(n,t){let o=r(".total-words",HTMLElement);
r(".total",HTMLElement).textContent=s(t.total),o.textContent=c(o,t.total<2?"one":"many");for(let e of t.colleges){let l=i(
`tr[data-college='${CSS.escape(e.college)}']`,HTMLElement,n);l&&f(l,e)}}function f(n,t){r(".count",HTMLElement,n).textContent=
s(t.count),r(".said",HTMLElement,n).textContent=t.sentence,r(".share",HTMLElement,n).textContent=t.share;let o=i("progre\
ss",HTMLProgressElement,n);o&&(o.value=Math.min(t.count,o.max))}function m(n){let t=r(".live",HTMLElement,n),o=()=>{document.
hidden||fetch(c(n,"source"),{credentials:"same-origin",redirect:"error"}).then(e=>{if(e.status===404&&location.reload(),
!e.ok)throw e;return e.json()}).then(e=>{d(n,e),t.textContent=c(t,"live")}).catch(()=>{t.textContent=c(t,"lost")})};t.textContent=
c(t,"live"),setInterval(o,a),document.addEventListener("visibilitychange",o)}var u=i("#suivi",HTMLElement);u&&"fetch"in window&&
m(u);})();
