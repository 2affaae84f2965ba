/** Sending a file of this device to Home Assistant, with progress and a way to stop it. */

import { address, type Hass } from "./hass";

/** Home Assistant did not take the file; the status is 0 without a connection. */
export class SendError extends Error {
  constructor(readonly status: number) {
    super(`status ${status}`);
  }
}

/** Send a file, and return the id by which an action finds it. */
export async function send(
  hass: Hass,
  file: File,
  progress: (percent: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const { auth } = hass;
  if (auth?.expired) await auth.refreshAccessToken();
  signal.throwIfAborted();
  const form = new FormData();
  // Home Assistant refuses some names, which the printer may take: it gets the name later.
  form.append("file", file, `print${/\.\w+$/.exec(file.name)?.[0] ?? ""}`);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address(hass, "/api/file_upload"));
    request.setRequestHeader("Authorization", `Bearer ${auth?.accessToken ?? ""}`);
    request.upload.onprogress = ({ loaded, total }) => progress(total ? Math.floor((loaded * 100) / total) : 0);
    request.onload = () => {
      try {
        if (request.status !== 200) throw new SendError(request.status);
        resolve((JSON.parse(request.responseText) as { file_id: string }).file_id);
      } catch (error) {
        reject(error as Error);
      }
    };
    request.onerror = () => reject(new SendError(0));
    request.onabort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}
