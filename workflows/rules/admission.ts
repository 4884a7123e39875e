// When the door opens: the waiting room first, the button «Онлайн-приём» a little before the start.
export interface DoorPolicy {
  /** Minutes before the start from which the waiting room is open. */
  readonly waitingMinutes: number;
  /** Minutes before the start from which the button works. */
  readonly joinMinutes: number;
}

export interface Door {
  readonly waitingFrom: number;
  readonly joinFrom: number;
}

const MINUTE = 60_000;

export const doorOf = (startsAt: number, policy: DoorPolicy): Door => ({
  waitingFrom: startsAt - policy.waitingMinutes * MINUTE,
  joinFrom: startsAt - policy.joinMinutes * MINUTE,
});
