/** Return the path of a printer's view, which stays when the printer is renamed. */
export function pathOf(device: string): string {
  return `printer-${device.slice(-12)}`;
}
