import type { ReadInputs } from '../../domain/read-inputs.ts';
import type { ArmVerdict, Contrast, MoneyRead, SampleRatioRead, Verdict } from '../../domain/read.ts';
import { cantTell, nobodyYet } from './no-verdict.ts';

/** The campaign's verdict from those of its arms: ship the best, else wait for the one that is known first, else stop. */
export function campaignVerdict(input: {
  inputs: ReadInputs;
  verdicts: readonly ArmVerdict[];
  ratios: readonly SampleRatioRead[];
  worth: (verdict: ArmVerdict) => number;
}): Verdict {
  const { inputs, verdicts, ratios, worth } = input;
  const alarm = ratios.find((ratio) => ratio.alarm);
  if (alarm) return cantTell('sample_ratio', alarm.sentence.replace(/\.$/, ''));
  const [first] = verdicts;
  if (first === undefined) return nobodyYet(inputs, 'an arm of this campaign');
  const ships = of('ship', verdicts).toSorted((a, b) => worth(b) - worth(a));
  if (ships[0]) return plain(ships[0], ships, (arms) => `of ${arms} arms to ship this one is worth most`);
  const waits = of('keep_running', verdicts).toSorted((a, b) => (a.days ?? Infinity) - (b.days ?? Infinity));
  if (waits[0]) return plain(waits[0], waits, (arms) => `of ${arms} open arms this one will be known first`);
  const stops = of('stop', verdicts);
  if (stops.length === verdicts.length) return plain(first, stops, (arms) => `all ${arms} arms stop`);
  const open = of('cant_tell', verdicts);
  return plain(open[0] ?? first, open, (arms) => `${arms} arms can't be told`);
}

function of(decision: Verdict['decision'], verdicts: readonly ArmVerdict[]): ArmVerdict[] {
  return verdicts.filter((verdict) => verdict.decision === decision);
}

/** The arm's verdict as the campaign's; `more` says what it stands for where several arms share it. */
function plain(arm: ArmVerdict, alike: readonly ArmVerdict[], more: (arms: number) => string): Verdict {
  const { decision, reason, days } = arm;
  const sentence = alike.length > 1 ? arm.sentence.replace(/\.$/, `; ${more(alike.length)}.`) : arm.sentence;
  return { decision, reason, sentence, days };
}

/** What ranks arms that ship: net value per entry where it is known, else the effect on the goal. */
export function worthOf(input: {
  money: readonly MoneyRead[];
  contrasts: readonly Contrast[];
  goal: string;
}): (verdict: ArmVerdict) => number {
  return (verdict) => {
    const same = (row: { action: string; arm: string; against: string }): boolean =>
      row.action === verdict.action && row.arm === verdict.arm && row.against === verdict.against;
    const perEntry = input.money.find(same)?.perEntry;
    if (perEntry) return perEntry.value;
    return input.contrasts.find((contrast) => contrast.metric === input.goal && same(contrast))?.absolute?.value ?? 0;
  };
}
