"use strict";(()=>{function l(i,e,t=document){let n=t.querySelector(i);return n instanceof e?n:null}function u(i,e,t=document){let n=l(i,e,
t);if(!n)throw new Error(`no ${i} in this page`);return n}function d(i,e,t=document){return Array.prototype.slice.call(t.
querySelectorAll(i)).filter(r=>r instanceof e)}function h(i,e){let t=i;if(typeof i=="string"){let n=/^var\((--[\w-]+)\)$/.exec(i);t=n!=null&&n[1]?e.getPropertyValue(n[1]).
trim():i}else if(Array.isArray(i))t=i.map(n=>h(n,e));else if(i&&typeof i=="object"){let n=Object.entries(i),r={};for(let[
o,a]of n)r[o]=h(a,e);t=r}return t}function b(i,e){let t=e.viewBox.baseVal,n=Number(e.dataset.radius),r=e.clientWidth,o=r/
t.width,a=-n-t.x,p=-n-t.y,{layout:s}=i;s.width=r,s.height=e.clientHeight,s.margin={l:0,r:0,t:0,b:0},s.polar.domain={x:[a/
t.width,(a+2*n)/t.width],y:[1-(p+2*n)/t.height,1-p/t.height]},s.polar.angularaxis.showticklabels=!1,s.polar.radialaxis.showticklabels=
!1;for(let c of i.data)c.line.width*=o,c.marker.size*=o,c.marker.line.width*=o;return i}var f=class{constructor(e,t){this.
block=e,this.plotly=t,this.live=u(".radar-live",HTMLElement,e),this.figure=JSON.parse(u("script[type='application/json']",
HTMLScriptElement,e).textContent||""),this.buttons=new Map,this.isDrawn=!1}start(){let e=0;this.addButtons(),this.draw(),
new ResizeObserver(()=>{cancelAnimationFrame(e),e=requestAnimationFrame(()=>this.draw())}).observe(this.block),window.matchMedia(
"(prefers-color-scheme: dark)").addEventListener("change",()=>this.draw())}addButtons(){for(let e of d(".legend [data-se\
ries]",HTMLElement,this.block)){let t=document.createElement("button");t.type="button",t.setAttribute("aria-pressed","tr\
ue"),t.append(...e.childNodes),e.appendChild(t),t.addEventListener("click",()=>{t.setAttribute("aria-pressed",String(t.getAttribute(
"aria-pressed")!=="true")),this.hideUnpressed()}),this.buttons.set(e.dataset.series||"",t)}}draw(){let e=d("svg.radar",SVGSVGElement,
this.block).filter(r=>r.clientWidth>0)[0];if(!e)return;let t=b(h(this.figure,getComputedStyle(this.block)),e),n={displayModeBar:!1,
responsive:!1,locale:document.documentElement.lang};this.plotly.react(this.live,t.data,t.layout,n).then(()=>{this.isDrawn=
!0,this.block.classList.add("is-live"),this.hideUnpressed()})}hideUnpressed(){if(!this.isDrawn||!this.buttons.size)return;
let e=this.figure.data.map(t=>{let n=this.buttons.get(t.name);return!n||n.getAttribute("aria-pressed")==="true"});this.plotly.
restyle(this.live,{visible:e})}};function m(){let i=window.Plotly;if(i)for(let e of d(".radar-block",HTMLElement))l(".ra\
dar-live",HTMLElement,e)&&new f(e,i).start()}document.readyState==="loading"?document.addEventListener("DOMContentLoaded",
m):m();})();
