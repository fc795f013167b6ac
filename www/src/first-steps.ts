// What to type after the download, on this kind of machine.

/** How projects of a framework are started. */
export interface Start {
  prepare: readonly string[];
  run: string;
}

/** The shells whose words differ. */
export type Shell = "unix" | "powershell";

/** The shell of a platform, as browsers name platforms. */
export function shellOf(platform: string): Shell {
  return /^win/i.test(platform) ? "powershell" : "unix";
}

/** Three lines: unpack, prepare, run. */
export function firstSteps(zip: string, { prepare, run }: Start, shell: Shell): string[] {
  const folder = zip.replace(/\.zip$/, "");
  switch (shell) {
    case "unix":
      return [`cd ~/Downloads && unzip ${zip} && cd ${folder}`, prepare.join(" && "), run];
    case "powershell":
      return [`cd ~\\Downloads; tar -xf ${zip}; cd ${folder}`, prepare.join("; "), run];
  }
}
