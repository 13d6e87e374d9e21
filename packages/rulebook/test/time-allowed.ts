/** Milliseconds a test may take: as many times as many as its properties are asked oftener than usual (`QUORATE_RUNS`, the nightly run). */
export const timeAllowed = (usual: number): number => usual * Math.max(1, Number(process.env['QUORATE_RUNS'] ?? '1'))
