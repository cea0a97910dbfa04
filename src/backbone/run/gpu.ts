// The WebGPU device: an own one, with the adapter's full limits, or a sentence why there is none.
/** A device with its name for people. */
export interface Gpu {
  device: GPUDevice;
  /** 'NVIDIA GeForce RTX 3090 via WebGPU'. */
  title: string;
}

export type GpuAnswer = { gpu: Gpu } | { refused: string };

/** How an engine gets its device; tests hand in one that takes a software adapter and can lose it. */
export type RequestGpu = () => Promise<GpuAnswer>;

/**
 * A device of a hardware adapter. A software adapter is refused: it was measured 25 to 450 times slower than WASM.
 * The device has the adapter's limits for buffers (the defaults, 256 and 128 MiB, are too small for large weights) and half floats where it can.
 */
export const requestHardwareGpu: RequestGpu = () => requestGpu({ software: false });

export async function requestGpu({ software }: { software: boolean }): Promise<GpuAnswer> {
  if (!('gpu' in navigator)) return { refused: 'This browser has no WebGPU.' };
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return { refused: 'The browser gives no graphics adapter to web pages.' };
  const { info, limits, features } = adapter;
  if (info.isFallbackAdapter && !software)
    return { refused: 'WebGPU runs in software here, which is far slower than the CPU.' };
  try {
    const device = await adapter.requestDevice({
      requiredFeatures: features.has('shader-f16') ? ['shader-f16'] : [],
      requiredLimits: {
        maxBufferSize: limits.maxBufferSize,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
        maxComputeWorkgroupSizeY: limits.maxComputeWorkgroupSizeY,
        maxComputeWorkgroupSizeZ: limits.maxComputeWorkgroupSizeZ,
        maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      },
    });
    return { gpu: { device, title: `${nameOf(info)} via WebGPU` } };
  } catch (cause) {
    return {
      refused: `The graphics adapter gave no device (${cause instanceof Error ? cause.message : String(cause)}).`,
    };
  }
}

/** Browsers tell as much of the adapter as they like; most give vendor and architecture only. */
function nameOf(info: GPUAdapterInfo): string {
  const words = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ');
  return words === '' ? 'Graphics processor' : words.replace(/^./, (first) => first.toUpperCase());
}
