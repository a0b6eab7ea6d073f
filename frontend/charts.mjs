// The chart engine of the site: Vega-Lite compiled and drawn by Vega with the expression interpreter,
// so that a strict Content-Security-Policy (no eval) holds.
export { parse, View, Warn, formatLocale, timeFormatLocale, defaultLocale } from "vega";
export { compile } from "vega-lite";
export { expressionInterpreter } from "vega-interpreter";
