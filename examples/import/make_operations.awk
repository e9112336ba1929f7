# SPDX-License-Identifier: MIT
# Writes mixed operations as CSV for `coffer import`, the same ones for the same number of rows, and
# to the file `statement` what every wallet must hold at the end. Amounts are counted in cents here.
# Usage: awk -v rows=100000 -v statement=FILE -f make_operations.awk </dev/null >operations.csv

# Park and Miller's generator: exact in the whole numbers that every awk has.
function random(below) {
  seed = (seed * 16807) % 2147483647
  return seed % below
}

function decimal(cents) {
  return int(cents / 100) "." sprintf("%02d", cents % 100)
}

function deposit(user, currency, cents) {
  balance[user "," currency] += cents
  return "deposit,op-" row "," user "," currency "," decimal(cents) ",,,"
}

function withdraw(user, currency, cents) {
  balance[user "," currency] -= cents
  return "withdraw,op-" row "," user "," currency "," decimal(cents) ",,,"
}

function transfer(user, other, currency, cents) {
  balance[user "," currency] -= cents
  balance[other "," currency] += cents
  return "transfer,op-" row "," user "," currency "," decimal(cents) "," other ",,"
}

# At half a euro for a dollar, rounded down.
function exchange(user, cents) {
  balance[user ",USD"] -= cents
  balance[user ",EUR"] += int(cents / 2)
  return "exchange,op-" row "," user ",USD," decimal(cents) "," user ",EUR,0.5"
}

BEGIN {
  seed = 20241222
  users = int(rows / 100) + 2
  print "op,key,user,currency,amount,to_user,to_currency,rate"
  for (user = 1; user <= users && row < rows; ++user) {
    print "create,," user ",USD,,,,"
    print "create,," user ",EUR,,,,"
    row += 2
  }
  while (row < rows) {
    ++row
    user = 1 + random(users)
    currency = random(4) == 0 ? "EUR" : "USD"
    kind = random(10)
    cents = 1 + random(50000)
    has = balance[user "," currency] + 0
    other = 1 + (user + random(users - 1)) % users
    # A refused row would be tried again by a second run, so none asks for more than there is.
    if (kind < 5 || has < cents) {
      print deposit(user, currency, cents)
    } else if (kind < 7) {
      print withdraw(user, currency, cents)
    } else if (kind < 9 || currency == "EUR" || cents < 2) {
      print transfer(user, other, currency, cents)
    } else {
      print exchange(user, cents)
    }
  }
  print "user,currency,balance" >statement
  for (user = 1; user <= users; ++user) {
    print user ",USD," decimal(balance[user ",USD"] + 0) >statement
    print user ",EUR," decimal(balance[user ",EUR"] + 0) >statement
  }
}
