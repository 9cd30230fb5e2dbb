using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Evidence;

/// <summary>Tells the steps of one probe as they end, while it goes on: the first connection's phases, then the exchanges, those of one step together.</summary>
internal sealed class StepFeed(Action<LookStep> tell)
{
    private const int FaultLength = 200;

    private readonly List<OpenExchange> _running = [];
    private int _told;
    private bool _isCut;

    /// <summary>A phase of the first connection is over.</summary>
    public void Phase(ProbeStep step, TimeSpan took, string? fault = null)
    {
        // Without a connection the requests that needed it have nothing of their own to say.
        _isCut |= fault is not null;
        Tell(
            new LookStep
            {
                Number = _told + 1,
                Step = step,
                Took = Micros(took),
                Fault = fault,
            }
        );
    }

    /// <summary>A request goes out. When it is another step's, the one before is over.</summary>
    public void Begins(OpenExchange exchange, SecretBook secrets)
    {
        if (_running.Count > 0 && _running[^1].Step != exchange.Step)
        {
            End(secrets);
        }

        _running.Add(exchange);
    }

    /// <summary>The last step is over.</summary>
    public void End(SecretBook secrets)
    {
        if (_running.Count > 0 && !_isCut)
        {
            var seen = _running.ConvertAll(exchange => exchange.Read(0, secrets));
            var bytes = seen.Sum(exchange => exchange.ResponseBytes);
            Tell(
                new LookStep
                {
                    Number = _told + 1,
                    Step = seen[^1].Step,
                    Took = Micros(seen.Aggregate(TimeSpan.Zero, (sum, exchange) => sum + exchange.Took)),
                    Status = seen[^1].Status,
                    Bytes = bytes > 0 ? bytes : null,
                    Fault = seen[^1].Fault is { } fault ? SafeText.Of(fault, FaultLength) : null,
                }
            );
        }

        _running.Clear();
    }

    private void Tell(LookStep step)
    {
        if (_told < LookStep.Most)
        {
            _told++;
            tell(step);
        }
    }

    private static int Micros(TimeSpan took) => (int)Math.Clamp(took.TotalMicroseconds, 0, int.MaxValue);
}
