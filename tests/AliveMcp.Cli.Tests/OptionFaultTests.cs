namespace AliveMcp.Cli.Tests;

/// <summary>What is wrong with an option names the option, its value, and what would be right.</summary>
public sealed class OptionFaultTests
{
    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_wrong_option_is_explained_and_ends_in_64(string complaint, string line)
    {
        var call = await Call.AliveMcpAsync(line.Split(' '));

        Assert.Contains(complaint, call.Error, StringComparison.Ordinal);
        Assert.Equal((64, ""), (call.ExitCode, call.Out));
    }

    public static TheoryData<string, string> Faults() =>
        new()
        {
            {
                "--bearer-env is 'NO_SUCH_VAR': no such environment variable",
                "probe http://x --bearer-env NO_SUCH_VAR"
            },
            { "--header is 'abc': give a name, a colon and a value", "probe http://x --header abc" },
            { "are two credentials", "probe http://x --header A:b --header-env A=PATH" },
            { "--oauth-client-id lacks --oauth-token-url", "probe http://x --oauth-client-id me" },
            { "--args is about a call: name the tool with --call.", "probe http://x --args {}" },
            { "--expect with a JSONPath is about a call", "probe http://x --expect $.a" },
            { "--args is '[]': give a JSON object", "probe http://x --call t --args []" },
            {
                "--expect-path is 'a.b': the path 'a.b' does not begin with $",
                "probe http://x --call t --expect-path a.b"
            },
            { "--expect is '$.[': the path '$.[' is no JSONPath", "probe http://x --call t --expect $.[" },
            { "judged by one JSONPath", "probe http://x --call t --expect $.a --expect $.b" },
            { "--equals is 'Bern': give JSON", "probe http://x --call t --equals Bern" },
            { "--within is 'soon': give seconds from 0.001 to 30.", "probe http://x --call t --within soon" },
            { "--health is 'x': give an http or https URL", "probe http://x --health x" },
            { "--fail-on is 'x': choose one of down, degraded", "probe http://x --fail-on x" },
            { "--junit took 'http://x' as its file: put the URL before it.", "probe http://y --junit http://x" },
            { "both want standard output", "probe http://x --json --junit" },
            { "is a URL: the second argument is the lock file", "diff http://x http://y" },
            { "--fail-on is 'x': choose one of breaking, security, any, none.", "diff a b --fail-on x" },
        };
}
