"use strict";(()=>{function r(t,n,e=document){let o=e.querySelector(t);return o instanceof n?o:null}function i(t,n){return t.dataset[n]||""}var s=1500;function c(){return r("#preparation",HTMLElement)}function f(){let t=c(),n=t&&r("[data-words]",HTMLElement,t);
t&&n&&(n.textContent=i(t,"unreachable"))}function l(t){var o;let n=r("#preparation",HTMLElement,new DOMParser().parseFromString(
t,"text/html")),e=c();if(!n||!e){location.reload();return}(o=e.parentNode)==null||o.replaceChild(document.importNode(n,!0),
e),u()}function d(){fetch(location.href,{credentials:"same-origin",headers:{Accept:"text/html"}}).then(t=>{if(!t.ok)throw t;
return t.text()}).then(l,()=>{f(),a()})}function a(){setTimeout(d,s)}function u(){let t=c(),n=t==null?void 0:t.getAttribute(
"data-state");t&&n==="ready"?location.assign(i(t,"take")):n==="pending"&&a()}u();})();
