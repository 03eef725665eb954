export type FaultService = 'smtp' | 'twilio' | 'webpush' | 'fcm';

/** Where an SMTP fault strikes; HTTP services know only `request`. */
export type FaultPoint = 'connect' | 'auth' | 'mail' | 'rcpt' | 'data' | 'dot' | 'request';

/** One planned misbehaviour. Without `reply`, `status` or `act` only the delay applies. */
export interface Fault {
  /** Default: `dot` for SMTP, `request` for HTTP. */
  at?: FaultPoint;
  /** An SMTP answer such as `550 5.1.1 no such user`. */
  reply?: string;
  /** An HTTP answer. */
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** half_reply: the first bytes of a success, then the end of the connection. */
  act?: 'close' | 'reset' | 'hang' | 'half_reply';
  /** Waits before answering. */
  delayMs?: number;
  /** True: the message counts as accepted although the answer is lost. */
  accepted?: boolean;
  /** Regular expression over the recipient; absent: anyone. */
  to?: string;
  /** How often it strikes; default once, 0: without end. */
  times?: number;
  /** Share of the matching messages, drawn from `seed`. */
  probability?: number;
  seed?: number;
}

export interface Faults {
  /** Adds a fault; earlier ones are tried first. */
  next(service: FaultService, fault: Fault): void;
  clear(): void;
  /** The fault that strikes here, used up by one; undefined: behave. */
  take(service: FaultService, at: FaultPoint, to: string): Fault | undefined;
}

interface Armed {
  service: FaultService;
  at: FaultPoint;
  fault: Fault;
  pattern: RegExp | undefined;
  left: number;
  random: () => number;
}

/** An empty set of faults, programmable at run time. */
export function createFaults(): Faults {
  let armed: Armed[] = [];
  return {
    next(service, fault) {
      armed.push({
        service,
        at: fault.at ?? (service === 'smtp' ? 'dot' : 'request'),
        fault,
        pattern: fault.to === undefined ? undefined : new RegExp(fault.to),
        left: fault.times === 0 ? Infinity : (fault.times ?? (fault.probability === undefined ? 1 : Infinity)),
        random: seededRandom(fault.seed ?? 1),
      });
    },
    clear() {
      armed = [];
    },
    take(service, at, to) {
      if (armed.length === 0) return undefined;
      const hit = armed.find((one) => one.service === service && one.at === at && strikes(one, to));
      if (hit === undefined) return undefined;
      hit.left -= 1;
      if (hit.left <= 0) armed = armed.filter((one) => one !== hit);
      return hit.fault;
    },
  };
}

function strikes(one: Armed, to: string): boolean {
  if (one.pattern !== undefined && !one.pattern.test(to)) return false;
  return one.fault.probability === undefined || one.random() < one.fault.probability;
}

/** Uniforms in [0, 1) that a test can repeat (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
