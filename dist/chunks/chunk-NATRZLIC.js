import { createRequire as iamlintRequire } from 'node:module'; const require = iamlintRequire(import.meta.url);
function t(n,r){if(n?.kind==="mapping")for(let e=n.entries.length-1;e>=0;e-=1){let d=n.entries[e];if(d?.key.text===r)return d.value}}function o(n,r){let e=t(n,r);return e?.kind==="scalar"?e.text:void 0}export{t as a,o as b};
