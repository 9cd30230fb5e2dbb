namespace AliveMcp.Cli.Tests;

/// <summary>One call of the command in this process, with all that it said.</summary>
internal sealed record Call(int ExitCode, string Out, string Error)
{
    public static Task<Call> AliveMcpAsync(params string[] args) => WithInputAsync("", args);

    /// <summary>The same, with a text on standard input.</summary>
    public static async Task<Call> WithInputAsync(string input, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var terminal = Terminal.Into(output, error, TimeProvider.System, new StringReader(input));

        var code = await CommandLine.RunAsync(
            args,
            terminal,
            Program.Commands(terminal),
            TestContext.Current.CancellationToken
        );
        return new Call(code, output.ToString(), error.ToString());
    }
}
