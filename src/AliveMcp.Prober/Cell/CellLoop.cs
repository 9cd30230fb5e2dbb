using System.Collections.Concurrent;
using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Prober.Cell;

/// <summary>
/// Reads orders, has each begun at once, writes answers as they come. It ends with its input and waits for nothing then:
/// who closes it wants no more answers.
/// </summary>
internal sealed class CellLoop(ProbeCall probe, Stream input, Stream output)
{
    private readonly BlockingCollection<CellAnswer> _answers = [];

    /// <exception cref="InvalidDataException">The input makes no sense.</exception>
    /// <exception cref="JsonException">A frame is not a batch of orders.</exception>
    public void Run()
    {
        // Pipes have no asynchronous reads and writes; a thread of its own for each keeps them off the threads that probe.
        new Thread(WriteAnswers) { IsBackground = true, Name = "answers" }.Start();
        var frames = new FrameReader(input, FrameLimits.Orders);
        while (frames.TryRead(out var frame))
        {
            var batch = JsonSerializer.Deserialize(frame.Span, CellJson.Default.CellOrders);
            if (batch is not { V: CellOrders.Version })
            {
                throw new InvalidDataException("Orders of another version.");
            }

            foreach (var order in batch.Orders)
            {
                _ = CarryOutAsync(order);
            }
        }
    }

    private async Task CarryOutAsync(CellOrder order)
    {
        TryResult result;
        try
        {
            result = await probe(
                order.Order,
                order.IsLive ? step => _answers.Add(new CellAnswer(order.Id, Step: step)) : null,
                CancellationToken.None
            );
        }
        catch (Exception fault)
        {
            result = TryResult.Unknown(Why.ProberUnfit, $"the probe itself failed: {fault.GetType().Name}");
        }

        _answers.Add(new CellAnswer(order.Id, result));
    }

    private void WriteAnswers()
    {
        using var frames = new FrameWriter(output, FrameLimits.Answers);
        var batch = new List<CellAnswer>(FrameLimits.Batch);
        try
        {
            while (true)
            {
                batch.Add(_answers.Take());
                // A contract is as long as all the rest together, so it is the last of its frame.
                while (
                    batch.Count < FrameLimits.Batch
                    && batch[^1].Result?.Contract is null
                    && _answers.TryTake(out var next)
                )
                {
                    batch.Add(next);
                }

                frames.Write(new CellAnswers(batch), CellJson.Default.CellAnswers);
                batch.Clear();
            }
        }
        catch (IOException)
        {
            // Nobody reads any more, and nobody will write: the input ends as well.
        }
    }
}
