// A sum in Russian words, as it is written on documents: «две тысячи триста рублей 00 копеек». Called by worker/documents/.

type Forms = readonly [one: string, few: string, many: string];

const ONES =
  'ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать'.split(
    ' ',
  );
const TENS = ['', '', 'двадцать', 'тридцать', 'сорок', 'пятьдесят', 'шестьдесят', 'семьдесят', 'восемьдесят', 'девяносто'];
const HUNDREDS = ['', 'сто', 'двести', 'триста', 'четыреста', 'пятьсот', 'шестьсот', 'семьсот', 'восемьсот', 'девятьсот'];
const FEMININE = ['', 'одна', 'две'];
const ROUBLE: Forms = ['рубль', 'рубля', 'рублей'];
const KOPECK: Forms = ['копейка', 'копейки', 'копеек'];
/** From the largest; only thousands are feminine. */
const GROUPS: readonly { readonly size: number; readonly forms: Forms; readonly isFeminine: boolean }[] = [
  { size: 1_000_000_000, forms: ['миллиард', 'миллиарда', 'миллиардов'], isFeminine: false },
  { size: 1_000_000, forms: ['миллион', 'миллиона', 'миллионов'], isFeminine: false },
  { size: 1000, forms: ['тысяча', 'тысячи', 'тысяч'], isFeminine: true },
];

/** `minor` is in kopecks: a whole number from 0 to less than a trillion roubles. Throws for any other. */
export function moneyInWords(minor: number): string {
  const roubles = Math.floor(minor / 100);
  if (!Number.isSafeInteger(minor) || minor < 0 || roubles >= 1e12) throw new RangeError(`No sum of money: ${minor}.`);
  const kopecks = minor % 100;
  return `${numberInWords(roubles)} ${formOf(roubles, ROUBLE)} ${String(kopecks).padStart(2, '0')} ${formOf(kopecks, KOPECK)}`;
}

function numberInWords(n: number): string {
  const words: string[] = [];
  let rest = n;
  for (const { size, forms, isFeminine } of GROUPS) {
    const count = Math.floor(rest / size);
    if (count > 0) words.push(...belowThousand(count, isFeminine), formOf(count, forms));
    rest %= size;
  }
  words.push(...belowThousand(rest, false));
  return words.length === 0 ? 'ноль' : words.join(' ');
}

function belowThousand(n: number, isFeminine: boolean): string[] {
  const rest = n % 100;
  const unit = rest < 20 ? rest : rest % 10;
  const ones = unit === 0 ? '' : ((isFeminine ? FEMININE[unit] : undefined) ?? ONES[unit]);
  return [HUNDREDS[Math.floor(n / 100)], rest < 20 ? '' : TENS[Math.floor(rest / 10)], ones].filter((word): word is string => !!word);
}

function formOf(n: number, [one, few, many]: Forms): string {
  const [tens, unit] = [n % 100, n % 10];
  if (tens >= 11 && tens <= 14) return many;
  return unit === 1 ? one : unit >= 2 && unit <= 4 ? few : many;
}
