using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Tests.Changes;

/// <summary>What holds for every life of a server, whatever its minutes are.</summary>
public sealed class TrackerPropertyTests
{
    [Fact]
    public void A_year_in_any_batches_gives_the_same_incidents()
    {
        var year = Life(new Random(1), 365 * 1440).ToList();
        var (whole, told) = Lives.Live(year);

        var random = new Random(2);
        var (standing, inBatches) = (Lives.Armed, new List<StatusChange>());
        for (var at = 0; at < year.Count; )
        {
            // A batch, and between two of them all that survives a restart: what is stored.
            var take = random.Next(1, 5000);
            var (next, changes) = Lives.Live(year.Skip(at).Take(take), from: standing);
            inBatches.AddRange(changes);
            standing = Standing.FromJson(next.ToJson());
            at += take;
        }

        Assert.NotEmpty(told);
        Assert.Equal(Lives.Told(told), Lives.Told(inBatches));
        Assert.Equal(whole.ToJson(), standing.ToJson());
    }

    [Fact]
    public void Minutes_that_come_again_change_nothing()
    {
        var random = new Random(3);
        var life = Life(random, 20_000).ToList();
        var told = Lives.Live(life).Changes;

        var again = new List<TrackedMinute>();
        foreach (var minute in life)
        {
            again.Add(minute);
            again.AddRange(Enumerable.Range(0, random.Next(3)).Select(_ => again[random.Next(again.Count)]));
        }

        Assert.Equal(Lives.Told(told), Lives.Told(Lives.Live(again).Changes));
    }

    /// <summary>What is stored says up to which minute only when something changed: the minutes behind it may all come again.</summary>
    [Fact]
    public void Minutes_since_the_last_that_was_stored_may_come_again()
    {
        var life = Life(new Random(4), 20_000).ToList();
        var (stored, since, told) = (Lives.Armed, new List<TrackedMinute>(), new List<StatusChange>());
        foreach (var minute in life)
        {
            // A process that remembers nothing but what is stored, and reads all since then again.
            since.Add(minute);
            var (standing, changes) = Lives.Live(since, from: stored);
            told.AddRange(changes);
            if ((standing with { Last = 0 }).ToJson() != (stored with { Last = 0 }).ToJson())
            {
                stored = Standing.FromJson(standing.ToJson());
                since.Clear();
            }
            else if (since.Count > 20)
            {
                since.RemoveAt(0);
            }
        }

        Assert.Equal(Lives.Told(Lives.Live(life).Changes), Lives.Told(told));
    }

    [Fact]
    public void No_two_incidents_of_one_kind_are_open_and_none_ends_before_it_begins()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var open = new HashSet<AlertKind>();
            foreach (var change in Lives.Live(Life(new Random(seed), 5_000)).Changes)
            {
                switch (change.Act)
                {
                    case ChangeAct.Opened:
                        Assert.True(open.Add(change.Kind), $"{change.Kind} opened twice (seed {seed})");
                        Assert.True(change.StartedIn <= change.At);
                        break;
                    case ChangeAct.Flapping or ChangeAct.Steady:
                        Assert.Contains(change.Kind, open);
                        break;
                    default:
                        Assert.True(open.Remove(change.Kind), $"{change.Kind} ended unopened (seed {seed})");
                        Assert.True(change.EndedIn >= change.StartedIn);
                        break;
                }
            }
        }
    }

    /// <summary>A model that keeps every minute and looks back over all of them.</summary>
    [Fact]
    public void An_outage_is_what_looking_back_over_all_minutes_says()
    {
        var settings = new TrackerSettings
        {
            Off = Enum.GetValues<AlertKind>().Where(kind => kind != AlertKind.Outage).ToHashSet(),
        };
        for (var seed = 0; seed < 200; seed++)
        {
            var life = Life(new Random(seed), 400).ToList();
            var told = Lives
                .Live(life, settings)
                .Changes.TakeWhile(change => !change.IsFlapping)
                .Where(change => change.Act is ChangeAct.Opened or ChangeAct.Closed)
                .Select(change => (change.Act, change.At))
                .ToList();

            Assert.Equal(Model(life).Take(told.Count), told);
        }
    }

    [Fact]
    public void A_plain_minute_changes_nothing()
    {
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var (standing, _) = Lives.Live(Life(random, random.Next(1, 60)));
            var minute = Lives.Minute("LLLDM?"[random.Next(6)], new MinuteStamp(standing.Last + random.Next(1, 90)));
            var skim = new MinuteSkim
            {
                Server = minute.Server,
                Minute = minute.Minute,
                Weight = minute.Weight,
                Maintenance = minute.Maintenance,
                State = minute.State,
                Access = minute.Access,
                HasFailedTry = minute.FailedTries > 0,
            };
            if (StateTracker.IsPlain(standing, skim))
            {
                var tracked = StateTracker.Next(standing, minute, TrackerSettings.Default);

                Assert.Empty(tracked.Changes);
                Assert.Equal((standing with { Last = 0 }).ToJson(), (tracked.Standing with { Last = 0 }).ToJson());
            }
        }
    }

    private static IEnumerable<(ChangeAct Act, MinuteStamp At)> Model(IReadOnlyList<TrackedMinute> life)
    {
        var counted = new List<TrackedMinute>();
        var isOpen = false;
        foreach (var minute in life.Where(minute => minute.IsKnown && !minute.Maintenance))
        {
            if (counted.Count > 0 && minute.Minute - counted[^1].Minute > 10 && !isOpen)
            {
                counted.Clear();
            }

            counted.Add(minute);
            if (!isOpen && counted.TakeLast(3).Count(one => one.IsOut) >= 2)
            {
                isOpen = true;
                counted.Clear();
                yield return (ChangeAct.Opened, minute.Minute);
            }
            else if (isOpen && counted.Count >= 2 && counted.TakeLast(2).All(one => !one.IsOut))
            {
                isOpen = false;
                counted.Clear();
                yield return (ChangeAct.Closed, minute.Minute);
            }
        }
    }

    /// <summary>Mostly live, with spells of everything else and gaps.</summary>
    private static IEnumerable<TrackedMinute> Life(Random random, int minutes)
    {
        const string letters = "LLLLDGRU?M.";
        var letter = 'L';
        for (var i = 0; i < minutes; i++)
        {
            if (random.Next(letter == 'L' ? 40 : 6) == 0)
            {
                letter = letters[random.Next(letters.Length)];
            }

            if (letter == '.')
            {
                continue;
            }

            var minute = Lives.Minute(letter, Lives.Noon + i);
            yield return minute with
            {
                FailedTries = letter == 'L' && random.Next(30) == 0 ? 1 : minute.FailedTries,
                Access = letter == 'L' && random.Next(200) == 0 ? Access.Protected : minute.Access,
            };
        }
    }
}
