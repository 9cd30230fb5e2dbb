using AliveMcp.Hosting.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Host.Tests.Hosting;

public sealed class PlainFormatterTests
{
    [Fact]
    public void What_could_steer_a_terminal_is_shown_and_not_sent()
    {
        var entry = new LogEntry<string>(
            LogLevel.Warning,
            "AliveMcp.Some.Room",
            default,
            "name \u001b[2J\u202e\nend",
            null,
            (state, _) => state
        );
        using var written = new StringWriter();

        new PlainFormatter().Write(entry, null, written);

        Assert.EndsWith(
            @" warn Room: name \u{1b}[2J\u{202e} | end" + Environment.NewLine,
            written.ToString(),
            StringComparison.Ordinal
        );
    }
}
