// The workflow of one signed protocol, the first or an amendment: its PDF is made and stored, then the patient gets a letter. The signature
// is already a fact in D1, and the page shows the text at once. The gateway (temporal/delivery.ts) starts it; index.ts exports it.
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { activities } from './proxies.ts';
import { type ProtocolInput, SEARCH_ATTRIBUTES } from './messages.ts';

export async function protocol({ protocolId, consultationId, version }: ProtocolInput): Promise<void> {
  const show = (state: 'signed' | 'published', text: string) => {
    setCurrentDetails(`Protocol \`${protocolId}\`, version ${version} of consultation \`${consultationId}\`: ${text}`);
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: state }]);
  };

  show('signed', '**signed**, its PDF is being made.');
  await activities.renderProtocol(protocolId);
  show('published', '**published**, the letter is on its way.');
  await activities.sendLetter(consultationId, version === 1 ? 'protocolReady' : 'protocolAmended', version);
  show('published', '**published**.');
}
