/**
 * Area codes of North America that serve the same area, by the numbering plan's overlays. A code may be in two groups:
 * 917 lies over Manhattan's 212 and over 718 of the other boroughs, which do not serve the same area.
 */
const overlays: readonly ReadonlySet<string>[] = [
  // United States, by state
  "205 659|256 938|480 602 623|209 350|213 323 738|310 424|341 510|408 669|415 628|442 760|530 837|619 858",
  "657 714|707 369|747 818|805 820|840 909|279 916|303 720 983|748 970|203 475|860 959|305 645 786|321 407 689",
  "561 728|754 954|656 813|324 904|448 850|404 470 678 943|470 678 770 943|208 986|312 773 872|217 447|224 847",
  "331 630|464 708|618 730|779 815|309 861|317 463|812 930|270 364|227 240 301|410 443 667|339 781|351 978",
  "617 857|508 774|248 947|314 557|816 975|601 769|402 531|702 725|201 551|609 640|732 848|862 973",
  "212 332 646 917|347 718 917 929|363 516|315 680|518 838|631 934|329 845|624 716|704 980|919 984|336 743",
  "472 910|220 740|234 330|380 614|419 567|283 513|326 937|405 572|539 918|458 541|503 971|215 267 445|272 570",
  "412 878|724 878|484 610 835|582 814|223 717|803 839|843 854|821 864|615 629|210 726|214 469 945 972",
  "281 346 621 713 832|430 903|512 737|682 817|385 801|571 703|757 948|540 826|686 804|360 564|534 715|274 920",
  "353 608|304 681",
  // Canada, by province
  "368 403 587 825|368 587 780 825|236 250 257 672 778|236 257 604 672 778|204 431 584|428 506|782 902|709 879",
  "226 382 519 548|249 683 705|289 365 742 905|343 613 753|416 437 647 942|263 438 514|354 450 579|367 418 581",
  "468 819 873|306 474 639",
  // Caribbean
  "787 939|809 829 849|658 876",
]
  .flatMap((line) => line.split("|"))
  .map((group) => new Set(group.split(" ")));

/** The area code of a number in E.164 of North America; undefined for others. */
export function areaCodeOf(number: string): string | undefined {
  return /^\+1([2-9]\d\d)\d{7}$/.exec(number)?.[1];
}

/** Whether two area codes serve the same area. */
export function isSameArea(one: string, other: string): boolean {
  return one === other || overlays.some((codes) => codes.has(one) && codes.has(other));
}
