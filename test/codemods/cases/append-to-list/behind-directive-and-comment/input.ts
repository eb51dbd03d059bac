"use strict";
// Order does not matter.
export const consumers = [
];
