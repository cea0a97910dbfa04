// The name of the CPU as a device, honest about its threads.

/** 'CPU, 1 thread'. */
export const cpuTitle = (threads: number): string => `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
