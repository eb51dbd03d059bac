export const consumers = collect();
