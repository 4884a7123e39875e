// A picture of where to press: a window with its address bar, a ring around the icon in it, and the panel with the two switches. Simple
// shapes in the page's own colours; the label describes the picture in words.
import { type Browser, type Machine, PLACES, type Place } from './ways.ts';

export interface PermissionPictureProps {
  readonly browser: Browser;
  readonly machine: Machine;
  readonly label: string;
}

/** Paths in a 20 by 20 square. */
const SIGNS: Readonly<Record<Place['sign'], string>> = {
  sliders: 'M3 6h5m4 0h5M3 14h3m4 0h7M10 4v4M8 12v4',
  lines: 'M4 4h12v8H4zM4 16h12',
  shield: 'M10 3 4 5.5v4c0 4 2.6 6.4 6 7.5 3.4-1.1 6-3.5 6-7.5v-4z',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  camera: 'M3 6h9v8H3zM12 9l5-2.5v7L12 11M3 3l14 14',
  word: 'M2 10h16',
};

const CAMERA = 'M0 3h9v8H0zM9 6l5-2.5v7L9 8';
const MICROPHONE = 'M5 1h4v7H5zM3 7c0 5 8 5 8 0M7 11v3';

export function PermissionPicture({ browser, machine, label }: PermissionPictureProps) {
  const place = PLACES[browser][machine];
  const width = machine === 'phone' ? 200 : 300;
  const top = place.bar === 'bottom' ? 118 : place.bar === 'menu' ? 0 : 12;
  return (
    <svg class="where" viewBox={`0 0 ${width} 160`} role="img" aria-label={label}>
      <rect class="page" x="1" y="1" width={width - 2} height="158" rx="12" />
      <g transform={`translate(0 ${top})`}>
        <Bar place={place} width={width} />
      </g>
      <g transform={`translate(${place.bar === 'menu' ? 44 : 14} ${place.bar === 'bottom' ? 14 : 54})`}>
        <Panel act={place.act} width={Math.min(172, width - 28)} />
      </g>
    </svg>
  );
}

function Bar({ place: { bar, sign }, width }: { readonly place: Place; readonly width: number }) {
  if (bar === 'menu')
    return (
      <>
        <path class="edge" d={`M1 32h${width - 2}`} />
        <path class="text" d="M18 17h14M100 17h26M140 17h22M176 17h30" />
        <path class="text mark" d="M46 17h34" />
        <rect class="ring" x="38" y="5" width="50" height="24" rx="8" />
      </>
    );
  return (
    <>
      <rect class="field" x="14" y="0" width={width - 28} height="30" rx="15" />
      <path class="text" d={`M58 15h${width - 108}`} />
      <path class="mark" transform="translate(23 5)" d={SIGNS[sign]} />
      <circle class="ring" cx="33" cy="15" r="17" />
    </>
  );
}

function Panel({ act, width }: { readonly act: Place['act']; readonly width: number }) {
  return (
    <>
      <rect class="panel" width={width} height="92" rx="10" />
      <path class="edge" d={`M0 46h${width}`} />
      {[CAMERA, MICROPHONE].map((device, row) => (
        <g transform={`translate(0 ${row * 46})`}>
          <path class="mark" transform="translate(14 16)" d={device} />
          <path class="text" d={`M40 23h${width - 108}`} />
          <g transform={`translate(${width - 50} 13)`}>
            <Act act={act} />
          </g>
        </g>
      ))}
    </>
  );
}

function Act({ act }: { readonly act: Place['act'] }) {
  if (act === 'cross') return <path class="press" d="M16 4l13 13M29 4 16 17" />;
  if (act === 'choice')
    return (
      <>
        <rect class="field" x="-4" width="44" height="20" rx="6" />
        <path class="press" d="M3 10l5 5 9-10M27 8l4 4 4-4" />
      </>
    );
  return (
    <>
      <rect class="on" width="38" height="20" rx="10" />
      <circle class="knob" cx="28" cy="10" r="7" />
    </>
  );
}
