using AliveMcp.Prober.Supervisor;
using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Prober.Tests.Supervisor;

public sealed class TenantKillsTests
{
    private static readonly TenantId Tenant = new(7);
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero));
    private readonly Diary _diary = new();
    private readonly TenantKills _kills;

    public TenantKillsTests() => _kills = new TenantKills(Rules.Book(_diary), _clock);

    [Fact]
    public void Two_kills_in_an_hour_change_nothing()
    {
        Kill(2);
        _clock.Advance(TimeSpan.FromMinutes(60));
        Kill(1);

        Assert.All(Enumerable.Range(0, 10), minute => Assert.True(Admits(1, minute)));
        Assert.Empty(_diary.Lines);
    }

    [Fact]
    public void After_the_third_each_server_is_looked_at_once_in_five_minutes()
    {
        Kill(3);

        Assert.Equal([0, 5, 10], Enumerable.Range(0, 12).Where(minute => Admits(1, minute)));
        Assert.Equal([3, 8], Enumerable.Range(3, 9).Where(minute => Admits(2, minute)));
    }

    [Fact]
    public void The_second_try_of_a_ticket_is_the_same_look()
    {
        Kill(3);

        Assert.True(Admits(1, 0));
        Assert.True(Admits(1, 0));
        Assert.False(Admits(1, 1));
    }

    [Fact]
    public void Other_tenants_have_nothing_to_do_with_it()
    {
        Kill(3);

        Assert.All(
            Enumerable.Range(0, 5),
            minute => Assert.True(_kills.Admits(Order.Ticket(tenant: 8).Server, new MinuteStamp(minute)))
        );
    }

    [Fact]
    public void An_hour_later_all_is_as_before()
    {
        Kill(3);
        Admits(1, 0);
        _clock.Advance(TimeSpan.FromMinutes(60));

        Assert.True(Admits(1, 1));
    }

    [Fact]
    public void The_operator_is_told_once_a_day()
    {
        for (var hour = 0; hour < 26; hour++)
        {
            Kill(4);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(2, _diary.Lines.Count);
        Assert.All(_diary.Lines, told => Assert.Equal(LogLevel.Error, told.Level));
        Assert.All(_diary.Lines, told => Assert.Contains("tenant 7", told.Line, StringComparison.Ordinal));
    }

    private void Kill(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _kills.Note(Tenant);
        }
    }

    private bool Admits(int server, int minute) =>
        _kills.Admits(new ServerKey(Tenant, new ServerId(server)), new MinuteStamp(minute));
}
