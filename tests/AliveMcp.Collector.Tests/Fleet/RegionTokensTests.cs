using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Collector.Tests.Fleet;

public sealed class RegionTokensTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    private static int _names;
    private readonly Region _region = Region.Of($"region-{Interlocked.Increment(ref _names)}");

    private RegionTokens Tokens => house.Get<RegionTokens>();

    private RegionRegister Register => house.Get<RegionRegister>();

    [Fact]
    public async Task A_new_region_is_known_by_its_token_which_is_kept_as_a_hash_only()
    {
        var token = await AddAsync();

        Assert.Equal(new WatchRegion(_region, "Ashburn"), await Tokens.FindAsync(token, default));
        Assert.Matches("^amcp_region_[A-Za-z0-9_-]{43}$", token);
        var hash = Assert.Single(
            await house.RowsAsync<byte[]>(
                "SELECT token_hash FROM collector.region_token WHERE region = @name",
                new { name = _region.Name }
            )
        );
        Assert.Equal(RegionTokens.HashOf(token), hash);
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        await AddAsync();

        var again = await Register.AddAsync(_region, "Dublin", null, default);

        Assert.Equal("region_taken", Assert.Single(again.Problems).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Ash\u202eburn")]
    public async Task A_city_is_text_for_people(string city)
    {
        var added = await Register.AddAsync(_region, city, null, default);

        Assert.Equal("region_city_invalid", Assert.Single(added.Problems).Code);
    }

    [Fact]
    public async Task Two_tokens_are_good_at_a_time_and_a_third_ends_the_first()
    {
        var first = await AddAsync();
        var second = await RotateAsync();
        Assert.NotNull(await Tokens.FindAsync(first, default));
        Assert.NotNull(await Tokens.FindAsync(second, default));

        var third = await RotateAsync();

        Assert.Null(await Tokens.FindAsync(first, default));
        Assert.NotNull(await Tokens.FindAsync(second, default));
        Assert.NotNull(await Tokens.FindAsync(third, default));
    }

    [Fact]
    public async Task The_old_token_ends_an_hour_after_the_last_prober_has_moved()
    {
        var old = await AddAsync();
        await Tokens.FindAsync(old, default);
        var next = await RotateAsync();

        await AgeAsync();
        Assert.NotNull(await Tokens.FindAsync(old, default));
        await Tokens.FindAsync(next, default);
        Assert.NotNull(await Tokens.FindAsync(old, default));

        await AgeAsync();
        Assert.Null(await Tokens.FindAsync(old, default));
        Assert.NotNull(await Tokens.FindAsync(next, default));
    }

    [Fact]
    public async Task A_token_that_others_saw_ends_at_once()
    {
        var seen = await AddAsync();

        var next = await RotateAsync(atOnce: true);

        Assert.Null(await Tokens.FindAsync(seen, default));
        Assert.NotNull(await Tokens.FindAsync(next, default));
    }

    [Fact]
    public async Task A_region_that_was_removed_is_known_to_nobody()
    {
        var token = await AddAsync();

        Assert.True((await Register.RemoveAsync(_region, default)).TryGet(out _));

        Assert.Null(await Tokens.FindAsync(token, default));
        Assert.DoesNotContain(await Register.ListAsync(default), row => row.Region == _region);
        Assert.Equal("region_not_found", Assert.Single((await Register.RemoveAsync(_region, default)).Problems).Code);
        var rotated = await Register.RotateAsync(_region, atOnce: false, default);
        Assert.Equal("region_not_found", Assert.Single(rotated.Problems).Code);
    }

    [Fact]
    public async Task The_list_tells_of_tokens_and_probers()
    {
        var token = await AddAsync();
        await RotateAsync();
        using var prober = house.Client(token);
        await DeskHouse.LeaseAsync(prober);

        var row = Assert.Single(await Register.ListAsync(default), row => row.Region == _region);

        Assert.Equal([DeskHouse.Prober], row.Probers);
        Assert.Equal("Ashburn", row.City);
        Assert.Equal(2, row.Tokens.Count);
        Assert.Null(row.Tokens[0].FirstUsed);
        Assert.NotNull(row.Tokens[1].LastUsed);
    }

    [Fact]
    public async Task Nobody_but_its_tenant_sees_a_private_region()
    {
        await Register.AddAsync(_region, "Cellar", TenantId.Local, default);

        Assert.Contains(new KnownRegion(_region, IsOwn: true), await Tokens.NamesAsync(TenantId.Local, default));
        Assert.DoesNotContain(await Tokens.NamesAsync(TenantId.Public, default), row => row.Region == _region);
        Assert.DoesNotContain(await Tokens.AllAsync(default), row => row.Region == _region);
    }

    private async Task<string> AddAsync() => Got(await Register.AddAsync(_region, "Ashburn", null, default));

    private async Task<string> RotateAsync(bool atOnce = false) =>
        Got(await Register.RotateAsync(_region, atOnce, default));

    private static string Got(Result<string> result)
    {
        Assert.True(result.TryGet(out var token));
        return token;
    }

    /// <summary>Sixty-one minutes go by.</summary>
    private async Task AgeAsync()
    {
        await using var connection = await house.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            UPDATE collector.region_token SET first_used_at = first_used_at - interval '61 minutes',
                last_used_at = last_used_at - interval '61 minutes' WHERE region = @name
            """,
            new { name = _region.Name }
        );
    }
}
