using AliveMcp.Testing.Rooms;

namespace AliveMcp.Cli.Tests.Apply;

/// <summary>Entries of sinks and rules that cannot be, by the command, against the real API.</summary>
public sealed class AlertsFileFaultsTests(ServersApi api) : IClassFixture<ServersApi>
{
    [Theory]
    [InlineData("sinks: [{ name: \"\\uD800\", kind: slack, url: { env: A } }]", "The text is not YAML")]
    [InlineData("sinks: [{ name: \"a\\u202Eb\", kind: slack, url: { env: A } }]", "name")]
    [InlineData("sinks: [{ name: a, kind: slack, url: { env: A, file: B } }]", "url is a secret")]
    [InlineData("sinks: [{ name: a, kind: slack }]", "url is missing")]
    [InlineData("sinks: [{ name: a, kind: email, email: nobody }]", "email 'nobody' is no address")]
    [InlineData("sinks: 5", "sinks is a single value; write a list")]
    [InlineData("rules: [5]", "rules[0] (line 1) is a single value; write a mapping")]
    [InlineData(
        "rules: [{ name: a, steps: [{ sinks: [b] }] }, { name: a, steps: [{ sinks: [b] }] }]",
        "name 'a' is that of rules[0]"
    )]
    public async Task What_cannot_be_is_told_in_a_line(string text, string why)
    {
        var call = await Call.WithInputAsync(
            text,
            "apply",
            "-f",
            "-",
            "--url",
            api.Url.ToString(),
            "--token-file",
            api.TokenFile
        );

        Assert.Equal(65, call.ExitCode);
        Assert.Contains(why, call.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(call.Error, letter => letter is '\u202e' or '\ud800');
    }
}
