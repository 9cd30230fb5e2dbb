namespace AliveMcp.Vocabulary.Tests;

public sealed class WordsTests
{
    [Fact]
    public void Every_reason_has_a_word_a_sentence_and_a_layer_of_its_own()
    {
        var reasons = Enum.GetValues<Why>().Where(why => why != Why.None).ToList();

        Assert.All(reasons, why => Assert.Matches("^[a-z][a-z0-9_]+$", WhyWords.Word(why)!));
        Assert.All(reasons, why => Assert.EndsWith(".", WhyWords.Sentence(why), StringComparison.Ordinal));
        Assert.All(reasons, why => Assert.NotNull(WhyWords.Layer(why, null)));
        Assert.Equal(reasons.Count, reasons.Select(WhyWords.Word).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_reason_has_a_remedy_of_its_own()
    {
        var reasons = Enum.GetValues<Why>().Where(why => why != Why.None).ToList();

        Assert.All(reasons, why => Assert.EndsWith(".", WhyRemedies.Of(why), StringComparison.Ordinal));
        Assert.All(reasons, why => Assert.InRange(WhyRemedies.Of(why)!.Length, 20, 200));
        Assert.Equal(reasons.Count, reasons.Select(WhyRemedies.Of).Distinct(StringComparer.Ordinal).Count());
        Assert.Null(WhyRemedies.Of(Why.None));
    }

    [Fact]
    public void Every_word_leads_back_to_its_reason()
    {
        foreach (var why in Enum.GetValues<Why>().Where(why => why != Why.None))
        {
            Assert.True(WhyWords.TryParse(WhyWords.Word(why), out var back));
            Assert.Equal(why, back);
        }

        Assert.False(WhyWords.TryParse("no_such_word", out _));
        Assert.False(WhyWords.TryParse(null, out _));
    }

    [Fact]
    public void What_could_not_be_looked_at_is_never_down()
    {
        Why[] blind =
        [
            Why.RateLimited,
            Why.BotChallenge,
            Why.NoRoute,
            Why.ProberUnfit,
            Why.HostBusy,
            Why.RegionInDoubt,
            Why.CellKilled,
            Why.TenantThrottled,
            Why.CellBusy,
            Why.WatchDeclined,
        ];

        Assert.All(blind, why => Assert.Equal(ServerState.Unknown, WhyWords.Outcome(why)));
        Assert.Equal(ServerState.Down, WhyWords.Outcome(Why.Timeout));
    }

    [Theory]
    [InlineData(ProbeStep.Resolve, "dns")]
    [InlineData(ProbeStep.Connect, "connect")]
    [InlineData(ProbeStep.Tls, "tls")]
    [InlineData(ProbeStep.Initialize, "handshake")]
    [InlineData(ProbeStep.ToolsList, "tools")]
    [InlineData(null, "time")]
    public void A_timeout_belongs_to_the_layer_it_struck_in(ProbeStep? step, string layer)
    {
        Assert.Equal(layer, WhyWords.Layer(Why.Timeout, step));
    }

    [Fact]
    public void The_words_of_the_states_are_fixed()
    {
        Assert.Equal(
            ["unknown", "live", "degraded", "down"],
            Enum.GetValues<ServerState>().Select(state => StateWords.Word(state))
        );
        Assert.True(StateWords.TryParse("degraded", out var state));
        Assert.Equal(ServerState.Degraded, state);
        Assert.False(StateWords.TryParse("up", out _));
    }

    [Fact]
    public void The_words_of_the_axes_are_fixed()
    {
        Assert.Equal([null, "open", "protected", "misconfigured"], Enum.GetValues<Access>().Select(AccessWords.Word));
        Assert.Equal(
            [null, "gate", "handshake", "tools", "test_call"],
            Enum.GetValues<VerifiedTo>().Select(AccessWords.Word)
        );
        Assert.Equal(["auto", "initialize", "discover"], Enum.GetValues<Era>().Select(AccessWords.Word));
        Assert.Equal(["auto", "http", "sse"], Enum.GetValues<McpTransport>().Select(AccessWords.Word));
    }

    [Theory]
    [InlineData("us-east", true)]
    [InlineData("a", true)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("US", false)]
    [InlineData("a,b", false)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456", false)]
    public void A_regions_name_has_one_shape(string? name, bool expected)
    {
        Assert.Equal(expected, Region.TryParse(name, out _));
    }

    [Theory]
    [InlineData("2/17", true)]
    [InlineData("2/", false)]
    [InlineData("/17", false)]
    [InlineData("2/17/3", false)]
    [InlineData("-2/17", false)]
    [InlineData(null, false)]
    public void A_servers_key_has_one_spelling(string? text, bool expected)
    {
        Assert.Equal(expected, ServerKey.TryParse(text, out var key));
        Assert.Equal(expected ? text : "0/0", key.ToString());
    }
}
