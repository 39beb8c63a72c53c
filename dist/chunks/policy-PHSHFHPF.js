import { createRequire as iamlintRequire } from 'node:module'; const require = iamlintRequire(import.meta.url);
import{a}from"./chunk-SGZ6YFKE.js";import"./chunk-NATRZLIC.js";import"./chunk-MXOXJ6JU.js";import"./chunk-FPD5NUZJ.js";export{a as policy};
