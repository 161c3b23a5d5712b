// Prints one line for each check: `ok NAME`, or `FAIL NAME: WHY`, as tests/run counts them.

let failed = 0;

/** Runs a check. It passes if it returns nothing, or a list of faults that is empty. */
export async function check(name, work) {
  let faults;
  try {
    faults = (await work()) ?? [];
  } catch (error) {
    faults = [error.stack?.split('\n').slice(0, 3).join(' ') ?? String(error)];
  }
  if (faults.length === 0) {
    console.log(`ok ${name}`);
    return;
  }
  failed += 1;
  const shown = faults.slice(0, 8).join('; ').replace(/\s+/g, ' ').slice(0, 2000);
  console.log(`FAIL ${name}: ${shown}${faults.length > 8 ? `; and ${faults.length - 8} more` : ''}`);
}

/** Demands something. */
export function demand(condition, otherwise) {
  if (!condition) throw new Error(otherwise);
}

/** The exit status of the whole. */
export function status() {
  return failed === 0 ? 0 : 1;
}
