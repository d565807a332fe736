#!/bin/sh
# An evaluator that does, by its seed, what evaluators should not: see evaluators.mjs, which says what must come of each.
case $(($2 % 10)) in
  0) echo '{"score": 1.5}' ;;
  1) sleep 600 ;;
  2) trap '' TERM INT HUP; while :; do sleep 1; done ;;
  3) kill -SEGV $$ ;;
  4) head -c 300000 /dev/urandom ;;
  5) sleep 600 & setsid sleep 600 & (env -i setsid sleep 600 &) ; sleep 600 ;;
  6) (setsid sh -c "trap '' TERM; cd /; sleep 600; :" &) ; sleep 600 & echo 'out of luck' >&2; exit 1 ;;
  7) cat /dev/zero > fill ;;
  8) head -c 1073741824 /dev/zero | tr '\0' x ;;
  9) env -i setsid sleep 600 & echo '{"score": 2.5}' ;;
esac
