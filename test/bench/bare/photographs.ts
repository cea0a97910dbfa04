// Pictures as a camera's: 500 × 375 JPEGs of about 100 kB, drawn in the browser, so that benchmarks need no data set.
const [width, height] = [500, 375];

/** `count` different pictures: a bright ground, shapes over it, and the fine grain that makes JPEGs of photographs large. */
export async function drawPhotographs(count: number): Promise<Blob[]> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  const blobs: Blob[] = [];
  let state = 1;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' constants
    return state / 2 ** 32;
  };
  for (let i = 0; i < count; i++) {
    const ground = context.createLinearGradient(0, 0, width, height);
    ground.addColorStop(0, `hsl(${random() * 360} 60% 70%)`);
    ground.addColorStop(1, `hsl(${random() * 360} 50% 40%)`);
    context.fillStyle = ground;
    context.fillRect(0, 0, width, height);
    for (let shape = 0; shape < 12; shape++) {
      context.fillStyle = `hsl(${random() * 360} ${random() * 90}% ${random() * 90}%)`;
      context.beginPath();
      const [x, y] = [random() * width, random() * height];
      context.ellipse(x, y, 10 + random() * 90, 10 + random() * 60, random() * 3, 0, 7);
      context.fill();
    }
    const pixels = context.getImageData(0, 0, width, height);
    for (let at = 0; at < pixels.data.length; at += 4) {
      const grain = (random() - 0.5) * 44;
      for (let c = at; c < at + 3; c++) pixels.data[c] = (pixels.data[c] ?? 0) + grain;
    }
    context.putImageData(pixels, 0, 0);
    blobs.push(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.88 }));
  }
  return blobs;
}
