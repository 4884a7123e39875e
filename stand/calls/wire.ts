// Wraps both directions of a transport's connection to drop packets, because werift's own loss settings are fixed at the start and not per
// direction. Called once by transport.ts. Connectivity checks do not pass here; transport.ts filters them itself.
import type { RTCIceTransport } from 'werift';

/** `arrived` gets each packet that was not lost; werift does not see the packets that it takes. */
export function spoil(
  connection: RTCIceTransport['connection'],
  isLost: (data: Buffer) => boolean,
  arrived: (data: Buffer) => 'taken' | 'left',
): void {
  const send = connection.send.bind(connection);
  const receive = connection.onData.execute;
  connection.send = async data => {
    if (!isLost(data)) await send(data);
  };
  connection.onData.execute = data => {
    if (!isLost(data) && arrived(data) === 'left') receive(data);
  };
}
