using System.Globalization;
using AliveMcp.Cli.Install;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Sinks;

/// <summary>Asks the install, and says what came of it in a line or a few.</summary>
internal static class SinksRun
{
    private const string Sinks = "/api/v1/sinks";

    public static async Task ListAsync(InstallClient install, Terminal terminal, CancellationToken cancellationToken)
    {
        var list = await install.AskAsync(
            HttpMethod.Get,
            Sinks + "?take=1000",
            null,
            SinkJson.Default.SinkList,
            cancellationToken
        );
        if (list.Sinks.Count == 0)
        {
            await terminal.Out.WriteLineAsync("There is none. 'alivemcp sinks add --help' says how one is made.");
        }

        foreach (var sink in list.Sinks)
        {
            await terminal.Out.WriteLineAsync(LineOf(sink));
        }
    }

    /// <param name="install">Where.</param>
    /// <param name="terminal">Where to say so.</param>
    /// <param name="wish">Without what is secret.</param>
    /// <param name="file">Where that stands; null for kinds that have nothing secret, <c>-</c> for standard input.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task AddAsync(
        InstallClient install,
        Terminal terminal,
        SinkWish wish,
        string? file,
        CancellationToken cancellationToken
    )
    {
        var secret = file is null ? null : await ReadAsync(file, cancellationToken);
        var whole = wish.Kind switch
        {
            "pagerduty" => wish with { RoutingKey = secret },
            "telegram" => wish with { BotToken = secret },
            _ => wish with { Url = secret },
        };
        var body = InstallClient.Json(whole, SinkJson.Default.SinkWish);
        await ShowAsync(
            terminal,
            await install.AskAsync(HttpMethod.Post, Sinks, body, SinkJson.Default.SinkAnswer, cancellationToken)
        );
    }

    public static async Task VerifyAsync(
        InstallClient install,
        Terminal terminal,
        int sink,
        string? code,
        CancellationToken cancellationToken
    )
    {
        var body = InstallClient.Json(new SinkCode(code), SinkJson.Default.SinkCode);
        var path = PathOf(sink, "/verify");
        await ShowAsync(
            terminal,
            await install.AskAsync(HttpMethod.Post, path, body, SinkJson.Default.SinkAnswer, cancellationToken)
        );
    }

    public static async Task TestAsync(
        InstallClient install,
        Terminal terminal,
        int sink,
        CancellationToken cancellationToken
    )
    {
        var path = PathOf(sink, "/test");
        var test = await install.AskAsync(HttpMethod.Post, path, null, SinkJson.Default.SinkTest, cancellationToken);
        await terminal.Out.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"A test is on its way: delivery {test.Delivery}.")
        );
    }

    public static async Task RotateAsync(
        InstallClient install,
        Terminal terminal,
        int sink,
        CancellationToken cancellationToken
    )
    {
        var path = PathOf(sink, "/rotate-secret");
        await ShowAsync(
            terminal,
            await install.AskAsync(HttpMethod.Post, path, null, SinkJson.Default.SinkAnswer, cancellationToken)
        );
    }

    public static async Task RemoveAsync(
        InstallClient install,
        Terminal terminal,
        int sink,
        CancellationToken cancellationToken
    )
    {
        await install.AskAsync(HttpMethod.Delete, PathOf(sink, ""), null, SinkJson.Default.Done, cancellationToken);
        await terminal.Out.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"Sink {sink} is removed, with its secret.")
        );
    }

    private static async Task ShowAsync(Terminal terminal, SinkAnswer sink)
    {
        await terminal.Out.WriteLineAsync(LineOf(sink));
        var proof = sink.Proof ?? new SinkProofAnswer();
        (string Label, string? Value)[] told =
        [
            ("", proof.Instructions),
            ("TXT record: ", proof.DnsName),
            ("      text: ", proof.DnsValue),
            ("   or file: ", proof.FileUrl),
            ("   holding: ", proof.FileBody),
            ("Signing secret, told once: ", sink.Secret),
        ];
        foreach (var (label, value) in told.Where(row => row.Value is not null))
        {
            await terminal.Out.WriteLineAsync(label + SafeText.Of(value, 400));
        }
    }

    private static string LineOf(SinkAnswer sink)
    {
        var why = sink.DisabledWhy is { } disabled ? $"  ({SafeText.Of(disabled, 200)})" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sink.Id, 5}  {SafeText.Of(sink.State, 20), -10}  {SafeText.Of(sink.Kind, 20), -9}  {SafeText.Of(sink.Name, 120)}  {SafeText.Of(sink.Address, 200)}{why}"
        );
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var text =
                file == "-"
                    ? await Console.In.ReadToEndAsync(cancellationToken)
                    : await File.ReadAllTextAsync(file, cancellationToken);
            return text.Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(
                ExitCodes.NoInput,
                $"{SafeText.Of(file)} cannot be read: {SafeText.Of(fault.Message)}"
            );
        }
    }

    private static string PathOf(int sink, string act) =>
        string.Create(CultureInfo.InvariantCulture, $"{Sinks}/{sink}{act}");
}
