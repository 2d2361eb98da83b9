import { RequestProblem, requestProblemOf } from "../client.ts";
import { language, t } from "../text/text.svelte.ts";

/**
 * Sends a file as the body of a POST and reads the JSON answer; tells the share sent, 0 to 1, which fetch does not know.
 * Throws RequestProblem, whose detail is fit to be shown.
 */
export function sendFile<T>(address: string, file: Blob, onShare: (share: number) => void): Promise<T> {
  return new Promise((done, fail) => {
    const sending = new XMLHttpRequest();
    sending.open("POST", address);
    sending.setRequestHeader("Accept", "application/json");
    sending.setRequestHeader("Accept-Language", language.current);
    sending.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    sending.upload.onprogress = (event) => {
      if (event.lengthComputable) onShare(event.loaded / event.total);
    };
    sending.onerror = () => fail(new RequestProblem(0, "offline", t("frame.offline")));
    sending.onload = () => {
      let answer: unknown;
      try {
        answer = JSON.parse(sending.responseText);
      } catch {
        fail(new RequestProblem(sending.status, "unreadable", t("frame.unreadable")));
        return;
      }
      if (sending.status < 300) done(answer as T);
      else fail(requestProblemOf(sending.status, answer));
    };
    sending.send(file);
  });
}
