export async function tourShots() {}
