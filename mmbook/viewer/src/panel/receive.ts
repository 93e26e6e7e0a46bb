/** Files and tables that are dropped on a matrix or pasted into it. */

export function receive(element: HTMLElement, file: (file: File) => void): void {
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    element.classList.add("over");
  });
  element.addEventListener("dragleave", () => element.classList.remove("over"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    element.classList.remove("over");
    const [dropped] = event.dataTransfer?.files ?? [];
    if (dropped) file(dropped);
  });
  element.addEventListener("paste", (event) => {
    // What is pasted into a text is text.
    if ((event.target as Element).matches("textarea, [type=text]")) return;
    const [pasted] = event.clipboardData?.files ?? [];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const table = /[\n\t,;]/.test(text.trim());
    if (!pasted && !table) return;
    event.preventDefault();
    file(pasted ?? new File([text], "pasted.csv"));
  });
}
