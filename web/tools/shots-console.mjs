export async function consoleShots() {}
