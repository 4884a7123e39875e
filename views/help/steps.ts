// The six steps of the guide, in order; also the addresses /help/:step.
export const GUIDE_STEPS = ['sign-in', 'choose', 'pay', 'connect', 'protocol', 'refund'] as const;

export type GuideStep = (typeof GUIDE_STEPS)[number];

export const isGuideStep = (step: string): step is GuideStep => (GUIDE_STEPS as readonly string[]).includes(step);
